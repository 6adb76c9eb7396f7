// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>
#include <wslplugins/inspect/image_document.hpp>

namespace wslplugins::inspect {
namespace {

using Texts = std::vector<std::string>;

TEST(ImageDocument, HasEveryMember) {
    const auto image = ImageDocument::parse(R"({
        "Id": "sha256:0123", "RepoTags": ["a:latest", "b:1"], "RepoDigests": ["a@sha256:45"],
        "Parent": "sha256:p", "Comment": "c", "Created": "2026-01-02T03:04:05Z", "Author": "me",
        "Architecture": "amd64", "Os": "linux", "Size": 9007199254740993,
        "Metadata": {"a": [1]}, "Config": {"Env": ["A=1"]}, "RootFS": {"Type": "layers"}})");
    ASSERT_TRUE(image) << image.error().to_string();
    EXPECT_EQ("sha256:0123", image->id);
    EXPECT_EQ((Texts{"a:latest", "b:1"}), image->repo_tags);
    EXPECT_EQ((Texts{"a@sha256:45"}), image->repo_digests);
    EXPECT_EQ("sha256:p", image->parent);
    EXPECT_EQ("c", image->comment);
    EXPECT_EQ("2026-01-02T03:04:05Z", image->created);
    EXPECT_EQ("me", image->author);
    EXPECT_EQ("amd64", image->architecture);
    EXPECT_EQ("linux", image->os);
    EXPECT_EQ(9007199254740993, image->size);
    EXPECT_EQ(R"({"a":[1]})", image->metadata_json);
    EXPECT_EQ(R"({"Env":["A=1"]})", image->config_json);
    EXPECT_EQ(R"({"Type":"layers"})", image->root_fs_json);
}

TEST(ImageDocument, OfAnEmptyObjectHasNothing) {
    const auto image = ImageDocument::parse("{}");
    ASSERT_TRUE(image);
    EXPECT_FALSE(image->id || image->repo_tags || image->repo_digests || image->parent);
    EXPECT_FALSE(image->comment || image->created || image->author || image->architecture);
    EXPECT_FALSE(image->os || image->size || image->metadata_json || image->config_json);
    EXPECT_FALSE(image->root_fs_json);
}

TEST(ImageDocument, TellsAnEmptyListFromNone) {
    const auto image = ImageDocument::parse(R"({"RepoTags": [], "RepoDigests": null})");
    ASSERT_TRUE(image);
    EXPECT_EQ(Texts{}, image->repo_tags);
    EXPECT_FALSE(image->repo_digests);
}

TEST(ImageDocument, ThatIsNoObjectIsRefused) {
    for (const char* const text : {"", "null", "[]", "\"sha256:0123\"", "{\"Id\": }", "{} {}"}) {
        const auto image = ImageDocument::parse(text);
        ASSERT_FALSE(image) << text;
        EXPECT_EQ(HResult::invalid_data, image.error().code());
    }
}

}  // namespace
}  // namespace wslplugins::inspect
