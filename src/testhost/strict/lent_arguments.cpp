// SPDX-License-Identifier: MIT
#include "testhost/strict/lent_arguments.hpp"

#include "testhost/strict/finding_ids.hpp"

#include <cstddef>
#include <cstring>
#include <string_view>
#include <utility>

namespace wslplugins::testhost {
namespace {

using Pointee = LentBlock::Pointee;

constexpr std::size_t aligned(std::size_t size) {
    return (size + 7) / 8 * 8;
}

Pointee text(std::size_t field, abi::LPCWSTR value, std::string name) {
    const std::size_t characters = value == nullptr ? 0 : WideStringView(value).size() + 1;
    return {field, value, characters * sizeof(abi::WCHAR), std::move(name)};
}

/// A SID says in its second byte how many numbers of 4 bytes follow its first 8 bytes.
Pointee sid(std::size_t field, abi::PSID value) {
    const auto* const bytes = static_cast<const std::byte*>(value);
    const std::size_t numbers = value == nullptr ? 0 : std::to_integer<std::size_t>(bytes[1]);
    return {field, value, 8 + 4 * numbers, "UserSid"};
}

/// Makes the block of an argument; none for an argument that there is not.
struct Lend {
    using Made = WinResult<std::vector<LentBlock>>;

    Made operator()(std::monostate) const { return {}; }

    Made operator()(const abi::WSLSessionInformation* session) const {
        using Session = abi::WSLSessionInformation;
        return one(session,
                   sizeof *session,
                   "WSLSessionInformation",
                   {sid(offsetof(Session, UserSid), session->UserSid)});
    }
    Made operator()(const abi::WSLCSessionInformation* session) const {
        using Session = abi::WSLCSessionInformation;
        return one(session,
                   sizeof *session,
                   "WSLCSessionInformation",
                   {text(offsetof(Session, DisplayName), session->DisplayName, "DisplayName"),
                    sid(offsetof(Session, UserSid), session->UserSid)});
    }
    Made operator()(const abi::WSLVmCreationSettings* settings) const {
        return one(settings, sizeof *settings, "WSLVmCreationSettings", {});
    }
    Made operator()(const abi::WSLDistributionInformation* shortened) const {
        const std::size_t size = distribution_information_size(version);
        return distribution<abi::WSLDistributionInformation>(
            shortened, size, "WSLDistributionInformation");
    }
    Made operator()(const abi::WslOfflineDistributionInformation* shortened) const {
        const std::size_t size = offline_distribution_information_size(version);
        return distribution<abi::WslOfflineDistributionInformation>(
            shortened, size, "WslOfflineDistributionInformation");
    }
    Made operator()(abi::LPCSTR document) const {
        if (document == nullptr) {
            return {};
        }
        return one(document, std::string_view(document).size() + 1, "the text", {});
    }

    const Version& version;

private:
    static Made one(const void* structure,
                    std::size_t size,
                    std::string name,
                    const std::vector<Pointee>& pointees) {
        auto block = LentBlock::make(
            {static_cast<const std::byte*>(structure), size}, std::move(name), pointees);
        if (!block) {
            return propagate(block.error());
        }
        std::vector<LentBlock> blocks;
        blocks.push_back(std::move(*block));
        return blocks;
    }

    /// The version's struct may end before a field.
    template <class Struct>
    static Made distribution(const Struct* shortened, std::size_t size, std::string name) {
        Struct whole{};
        std::memcpy(&whole, shortened, size);
        std::vector<Pointee> pointees{
            text(offsetof(Struct, Name), whole.Name, "Name"),
            text(offsetof(Struct, PackageFamilyName), whole.PackageFamilyName, "PackageFamilyName"),
            text(offsetof(Struct, Flavor), whole.Flavor, "Flavor"),
            text(offsetof(Struct, Version), whole.Version, "Version")};
        return one(shortened, size, std::move(name), pointees);
    }
};

/// Points an argument at its copy.
struct PointTo {
    void operator()(std::monostate) const {}
    template <class Pointer>
    void operator()(Pointer& pointer) const {
        pointer = static_cast<Pointer>(block.structure());
    }

    const LentBlock& block;
};

}  // namespace

WinResult<LentBlock> LentBlock::make(std::span<const std::byte> structure,
                                     std::string name,
                                     const std::vector<Pointee>& pointees) {
    std::size_t before = 0;
    for (const Pointee& pointee : pointees) {
        before += pointee.data == nullptr ? 0 : aligned(pointee.size);
    }
    auto memory = platform::GuardedMemory::allocate(before + aligned(structure.size()));
    if (!memory) {
        return propagate(memory.error());
    }
    LentBlock block(std::move(*memory));
    auto* const begin = static_cast<std::byte*>(block.memory_.data());
    std::byte* const end = begin + block.memory_.size() - structure.size();
    std::memcpy(end, structure.data(), structure.size());
    std::size_t place = 0;
    for (const Pointee& pointee : pointees) {
        if (pointee.data == nullptr) {
            continue;
        }
        std::byte* copy = begin + place;
        std::memcpy(copy, pointee.data, pointee.size);
        std::memcpy(end + pointee.field, static_cast<const void*>(&copy), sizeof copy);
        block.parts_.push_back({place, pointee.name + " of " + name});
        place += aligned(pointee.size);
    }
    block.parts_.push_back({block.memory_.size() - structure.size(), std::move(name)});
    return block;
}

const void* LentBlock::structure() const noexcept {
    return static_cast<const std::byte*>(memory_.data()) + parts_.back().begin;
}

void LentBlock::take_back(const std::string& user, const std::string& hook) {
    memory_.forbid();
    const auto* const begin = static_cast<const std::byte*>(memory_.data());
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        const std::size_t end = i + 1 < parts_.size() ? parts_[i + 1].begin : memory_.size();
        watched_.emplace_back(begin + parts_[i].begin,
                              end - parts_[i].begin,
                              std::string(finding_id::borrowed_data) + ": " + user + " used " +
                                  parts_[i].name + " after " + hook + " had returned");
    }
}

WinResult<LentArguments> LentArguments::make(const HookCall& original, const Version& version) {
    LentArguments lent(original);
    auto session = std::visit(Lend{version}, original.session);
    auto payload = std::visit(Lend{version}, original.payload);
    if (!session || !payload) {
        return propagate(session ? payload.error() : session.error());
    }
    std::visit(PointTo{session->front()}, lent.call_.session);
    if (!payload->empty()) {
        std::visit(PointTo{payload->front()}, lent.call_.payload);
    }
    lent.blocks_ = std::move(*session);
    for (LentBlock& block : *payload) {
        lent.blocks_.push_back(std::move(block));
    }
    return lent;
}

void LentArguments::take_back(const std::string& plugin, const std::string& hook) {
    for (LentBlock& block : blocks_) {
        block.take_back("plugin '" + plugin + "'", hook);
    }
}

void TakenBack::keep(LentArguments arguments) {
    const std::scoped_lock lock(mutex_);
    kept_.push_back(std::move(arguments));
    if (kept_.size() > most_kept) {
        kept_.pop_front();
    }
}

}  // namespace wslplugins::testhost
