// SPDX-License-Identifier: MIT
// Nothing secret is in a support archive: secrets are planted wherever one could come from, and looked for in its bytes.
#include "tool/small_dll.hpp"
#include "tool/written_dll.hpp"

#include "machine/support_bundle.hpp"

#include "platform/environment.hpp"
#include "platform/paths.hpp"
#include "platform/registry.hpp"

#include <wslplugins/core/text.hpp>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace wslplugins::tool::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char user[] = "quentin.secretive";
constexpr char computer[] = "SECRETDESK-77";
constexpr char sid[] = "S-1-5-21-3141592653-2718281828-1414213562-1001";
constexpr char password[] = "correct-horse-battery-staple";
constexpr char private_key[] = "-----BEGIN PRIVATE KEY-----MIIEvQIBADANBg";

std::vector<std::byte> utf16_bytes(const std::string& text) {
    std::vector<std::byte> bytes;
    for (const auto unit : to_utf16_lossy(text)) {
        bytes.push_back(static_cast<std::byte>(static_cast<unsigned>(unit) & 0xFFu));
        bytes.push_back(static_cast<std::byte>(static_cast<unsigned>(unit) >> 8));
    }
    return bytes;
}

std::string hex_of(const std::vector<std::byte>& bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (const std::byte each : bytes) {
        hex += digits[std::to_integer<std::size_t>(each) >> 4];
        hex += digits[std::to_integer<std::size_t>(each) & 15];
    }
    return hex;
}

std::string lower(std::string text) {
    for (char& letter : text) {
        letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    }
    return text;
}

/// In any case of its letters, as UTF-8, as UTF-16, and as hexadecimal digits of either.
void expect_hidden(const std::string& archive, const std::string& secret) {
    const std::string content = lower(archive);
    const std::string plain = lower(secret);
    const auto plain_bytes = std::as_bytes(std::span(plain));
    const std::vector<std::byte> wide = utf16_bytes(plain);
    EXPECT_THAT(content, Not(HasSubstr(plain)));
    EXPECT_THAT(
        content,
        Not(HasSubstr(std::string(reinterpret_cast<const char*>(wide.data()), wide.size()))));
    EXPECT_THAT(content, Not(HasSubstr(hex_of({plain_bytes.begin(), plain_bytes.end()}))));
    EXPECT_THAT(content, Not(HasSubstr(hex_of(utf16_bytes(secret)))));
}

class SupportBundle : public testing::Test {
protected:
    SupportBundle() {
        const std::vector<std::pair<std::string, std::string>> variables{
            {"USERNAME", user}, {"COMPUTERNAME", computer}, {"WSLPLUGINS_TEST_PASSWORD", password}};
        for (const auto& [name, text] : variables) {
            before_.emplace_back(name, platform::environment_variable(name.c_str()));
            EXPECT_TRUE(platform::set_environment_variable(name, text));
        }
    }

    ~SupportBundle() override {
        for (const auto& [name, text] : before_) {
            EXPECT_TRUE(platform::set_environment_variable(name, text));
        }
    }

    void add(const std::string& name, const std::string& path) {
        survey_.plugins.push_back(
            {.value = {.name = name,
                       .type = platform::registry_string_type,
                       .text = path,
                       .data = utf16_bytes(path)},
             .recorded = std::nullopt,
             .is_plugin = true,
             .exists = false,
             .untrusted = Error(HResult::access_denied, "Could not read '" + path + "' as " + user),
             .is_loaded = std::nullopt});
    }

    [[nodiscard]] std::string bundle() const {
        return support_bundle(diagnose(survey_), survey_, Redaction::of_this_process());
    }

    /// A file of the archive: it is stored as it is.
    [[nodiscard]] static nlohmann::json document(const std::string& archive,
                                                 const std::string& name) {
        const std::size_t start = archive.find(name + "{");
        EXPECT_NE(start, std::string::npos) << name;
        const std::size_t begin = start + name.size();
        return nlohmann::json::parse(
            archive.substr(begin, archive.find("\n}\n", begin) + 3 - begin));
    }

    TemporaryFolder folder_;
    Survey survey_;

private:
    std::vector<std::pair<std::string, std::optional<std::string>>> before_;
};

TEST_F(SupportBundle, HoldsWhatHelps) {
    WrittenDll dll;
    dll.add_exports({"WSLPluginApiV1_EntryPoint"});
    write_file(folder_.path() / "guard.dll", dll.bytes());
    survey_.wsl_version = Version{2, 4, 4};
    add("guard", platform::utf8_from_path(folder_.path() / "guard.dll"));
    survey_.plugins.front().exists = true;
    const std::string archive = bundle();
    EXPECT_THAT(archive, HasSubstr("README.txt"));
    EXPECT_EQ(document(archive, "versions.json")["wsl"], "2.4.4");
    EXPECT_EQ(document(archive, "status.json")["plugins"][0]["name"], "guard");
    EXPECT_EQ(document(archive, "plugins/1.json")["image"]["exports"][0]["name"],
              "WSLPluginApiV1_EntryPoint");
    EXPECT_THAT(document(archive, "doctor.json").dump(), HasSubstr("entry-point-misspelt"));
    EXPECT_TRUE(document(archive, "record.json").contains("plugins"));
}

TEST_F(SupportBundle, HidesWhoAndWhereWhateverTheSource) {
    const std::string home = std::string("C:\\Users\\") + user + "\\build\\guard.dll";
    WrittenDll dll;
    dll.add_exports({std::string("export_of_") + user});
    dll.add_imports({{std::string(user) + ".dll", {std::string("f_") + computer}}});
    const std::string file =
        platform::utf8_from_path(folder_.path() / (std::string(user) + ".dll"));
    write_file(folder_.path() / (std::string(user) + ".dll"), dll.bytes());
    add(std::string("plugin of ") + sid, home);
    add("guard", file);
    survey_.plugins.back().exists = true;
    RecordedPlugin recorded;
    recorded.name = sid;
    recorded.path = home;
    recorded.folder = std::string("\\\\") + computer + "\\share";
    recorded.value = {.type = 1, .data = utf16_bytes(home)};
    recorded.before = recorded.value;
    survey_.record.plugins.push_back(recorded);
    survey_.record.pending =
        PendingChange{.name = user, .value = recorded.value, .plugin = recorded};
    survey_.record.leftovers.push_back(home);
    survey_.record.certificates.push_back(
        {.thumbprint = "AB12", .subject = std::string("CN=") + user, .der = utf16_bytes(user)});
    const std::string archive = bundle();
    for (const char* const secret : {user, computer, sid}) {
        expect_hidden(archive, secret);
    }
    EXPECT_THAT(archive, HasSubstr("C:\\\\Users\\\\<user>\\\\build"));
    EXPECT_THAT(archive, HasSubstr("AB12"));
}

TEST_F(SupportBundle, ReadsNeitherTheEnvironmentNorWhatLiesBesideAPlugin) {
    write_file(folder_.path() / "guard.dll", WrittenDll().bytes());
    write_file(folder_.path() / "certificate.pfx", password);
    write_file(folder_.path() / "key.pem", private_key);
    add("guard", platform::utf8_from_path(folder_.path() / "guard.dll"));
    // A registered path can lead to any file; what is no DLL is not copied.
    add("key", platform::utf8_from_path(folder_.path() / "key.pem"));
    for (SurveyedPlugin& plugin : survey_.plugins) {
        plugin.exists = true;
    }
    const std::string archive = bundle();
    expect_hidden(archive, password);
    expect_hidden(archive, "BEGIN PRIVATE KEY");
    expect_hidden(archive, "MIIEvQIBADANBg");
}

TEST_F(SupportBundle, IsMadeOfAComputerWithoutPluginsAndOfFilesThatAreGone) {
    EXPECT_TRUE(document(bundle(), "doctor.json")["findings"].is_array());
    add("gone", "C:\\gone.dll");
    survey_.plugins.push_back({.value = {.name = "number", .type = 4, .text = {}},
                               .recorded = std::nullopt,
                               .untrusted = std::nullopt,
                               .is_loaded = std::nullopt});
    EXPECT_THAT(bundle(), HasSubstr("plugins/1.jsonnull\n"));
    EXPECT_THAT(bundle(), Not(HasSubstr("plugins/2.json")));
}

}  // namespace
}  // namespace wslplugins::tool::test
