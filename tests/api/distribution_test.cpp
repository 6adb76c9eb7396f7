// SPDX-License-Identifier: MIT
#include <wslplugins/api/distribution.hpp>
#include <wslplugins/api/offline_distribution.hpp>

#include "support/raw_wsl.hpp"

#include <gtest/gtest.h>

#include <unordered_set>

namespace wslplugins {
namespace {
using tests::CutStruct;

constexpr abi::GUID id{0x11223344, 0x5566, 0x7788, {1, 2, 3, 4, 5, 6, 7, 8}};

struct Texts {
    WideString name = to_utf16("D\xC3\xA9"
                               "bian")
                          .value();
    WideString package = to_utf16("Package_1").value();
    WideString flavor = to_utf16("debian").value();
    WideString version = to_utf16("12").value();
    WideString empty;
    WideString broken = WideString(1, static_cast<abi::WCHAR>(0xD800));
};

const Texts texts;

abi::WSLDistributionInformation whole() {
    return {id,
            texts.name.c_str(),
            4026532195,
            texts.package.c_str(),
            42,
            texts.flavor.c_str(),
            texts.version.c_str()};
}

abi::WslOfflineDistributionInformation whole_offline() {
    return {
        id, texts.name.c_str(), texts.package.c_str(), texts.flavor.c_str(), texts.version.c_str()};
}

/// What a WSL of that version passes, up to its last byte.
struct Passed {
    explicit Passed(const Version& version,
                    const abi::WSLDistributionInformation& information = whole())
        : memory(information, distribution_information_size(version)), view(memory.get(), version) {
    }

    CutStruct<abi::WSLDistributionInformation> memory;
    Distribution view;
};

TEST(Distribution, ShowsEverythingThatANewWslPasses) {
    const Passed passed({2, 4, 4});
    EXPECT_EQ(Guid(id), passed.view.id());
    EXPECT_EQ("D\xC3\xA9"
              "bian",
              passed.view.name().value());
    EXPECT_EQ("Package_1", passed.view.package_family_name().value());
    EXPECT_EQ(4026532195u, passed.view.pid_namespace());
    EXPECT_EQ(42u, passed.view.init_pid().value());
    EXPECT_EQ("debian", passed.view.flavor().value());
    EXPECT_EQ("12", passed.view.version().value());
}

TEST(Distribution, NamesTheVersionThatItsNewerFieldsNeedInsteadOfReadingThem) {
    const Passed first({2, 0, 4});
    EXPECT_EQ(HResult::plugin_requires_update, first.view.init_pid().error().code());
    EXPECT_NE(std::string::npos, first.view.init_pid().error().text().find("2.0.5"));
    EXPECT_NE(std::string::npos, first.view.init_pid().error().text().find("2.0.4"));

    const Passed second({2, 4, 3});
    EXPECT_EQ(42u, second.view.init_pid().value());
    EXPECT_EQ(HResult::plugin_requires_update, second.view.flavor().error().code());
    EXPECT_EQ(HResult::plugin_requires_update, second.view.version().error().code());
}

TEST(Distribution, IsOwnedAsFarAsTheRunningVersionGoes) {
    const auto oldest = Passed({2, 0, 0}).view.to_owned().value();
    EXPECT_EQ("D\xC3\xA9"
              "bian",
              oldest.name);
    EXPECT_EQ("Package_1", oldest.package_family_name);
    EXPECT_FALSE(oldest.init_pid || oldest.flavor || oldest.version);

    const auto newest = Passed({2, 9, 5}).view.to_owned().value();
    EXPECT_EQ(Guid(id), newest.id);
    EXPECT_EQ(42u, newest.init_pid);
    EXPECT_EQ("debian", newest.flavor);
    EXPECT_EQ("12", newest.version);
}

TEST(Distribution, TakesNullAndEmptyForNone) {
    auto information = whole();
    information.PackageFamilyName = texts.empty.c_str();
    information.Flavor = nullptr;
    information.Version = texts.empty.c_str();
    const Passed passed({2, 4, 4}, information);
    EXPECT_FALSE(passed.view.package_family_name().value().has_value());
    EXPECT_FALSE(passed.view.flavor().value().has_value());
    EXPECT_FALSE(passed.view.version().value().has_value());
}

TEST(Distribution, RefusesTextThatIsNotValidUtf16) {
    auto information = whole();
    information.Name = texts.broken.c_str();
    const Passed name({2, 4, 4}, information);
    EXPECT_EQ(HResult::no_unicode_translation, name.view.name().error().code());
    EXPECT_EQ(HResult::no_unicode_translation, name.view.to_owned().error().code());

    information = whole();
    information.Version = texts.broken.c_str();
    const Passed version({2, 4, 4}, information);
    EXPECT_EQ(HResult::no_unicode_translation, version.view.version().error().code());
    EXPECT_EQ(HResult::no_unicode_translation, version.view.to_owned().error().code());
}

template <class Owned, class View>
void expect_identity_by_id(const View& one, const View& again, const View& other) {
    EXPECT_TRUE(one == again);
    EXPECT_FALSE(one == other);
    const std::unordered_set<Owned> owned{
        one.to_owned().value(), again.to_owned().value(), other.to_owned().value()};
    EXPECT_EQ(2u, owned.size());
    const std::string printed = "D\xC3\xA9"
                                "bian {11223344-5566-7788-0102-030405060708}";
    EXPECT_EQ(printed, to_string(one));
    EXPECT_EQ(printed, to_string(one.to_owned().value()));
}

TEST(Distribution, IsEqualHashedAndPrintedByItsId) {
    auto renamed = whole();
    renamed.Name = texts.package.c_str();
    auto another = whole();
    another.Id.Data1 = 1;
    expect_identity_by_id<OwnedDistribution>(
        Passed({2, 9, 5}).view, Passed({2, 0, 0}, renamed).view, Passed({2, 9, 5}, another).view);
}

TEST(Distribution, PrintsANameThatIsNotValidUtf16) {
    auto information = whole();
    information.Name = texts.broken.c_str();
    EXPECT_EQ("\xEF\xBF\xBD {11223344-5566-7788-0102-030405060708}",
              to_string(Passed({2, 9, 5}, information).view));
}

TEST(OfflineDistribution, IsEqualHashedAndPrintedByItsId) {
    const auto one = whole_offline();
    auto renamed = whole_offline();
    renamed.Name = texts.package.c_str();
    auto another = whole_offline();
    another.Id.Data1 = 1;
    constexpr Version version{2, 9, 5};
    expect_identity_by_id<OwnedOfflineDistribution>(OfflineDistribution(&one, version),
                                                    OfflineDistribution(&renamed, version),
                                                    OfflineDistribution(&another, version));
}

TEST(OfflineDistribution, KeepsTheRulesOfADistribution) {
    for (const Version& version : {Version{2, 1, 2}, Version{2, 4, 3}}) {
        const CutStruct memory(whole_offline(), offline_distribution_information_size(version));
        const OfflineDistribution view(memory.get(), version);
        EXPECT_EQ(Guid(id), view.id());
        EXPECT_EQ("Package_1", view.package_family_name().value());
        EXPECT_EQ(HResult::plugin_requires_update, view.flavor().error().code());
        EXPECT_EQ(HResult::plugin_requires_update, view.version().error().code());
        EXPECT_FALSE(view.to_owned().value().flavor.has_value());
    }
    const CutStruct memory(whole_offline(), offline_distribution_information_size({2, 4, 4}));
    const OfflineDistribution view(memory.get(), {2, 4, 4});
    EXPECT_EQ("D\xC3\xA9"
              "bian",
              view.name().value());
    EXPECT_EQ("debian", view.flavor().value());
    EXPECT_EQ("12", view.to_owned().value().version);
}

}  // namespace
}  // namespace wslplugins
