// SPDX-License-Identifier: MIT
// Whatever a file claims, `inspect` never holds more than four times its size and 1 MiB.
#include "tool/memory/measured_new.hpp"
#include "tool/small_dll.hpp"
#include "tool/written_dll.hpp"

#include "commands/inspect.hpp"

#include "platform/paths.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <streambuf>

namespace wslplugins::tool::test {
namespace {

/// Takes everything and keeps nothing, as a terminal does.
class Nowhere final : public std::streambuf {
protected:
    int_type overflow(int_type character) override { return traits_type::not_eof(character); }
    std::streamsize xsputn(const char*, std::streamsize count) override { return count; }
};

void put(std::string& bytes, std::size_t offset, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
        bytes.at(offset + i) = static_cast<char>(value >> (8 * i));
    }
}

class InspectMemory : public testing::Test {
protected:
    void expect_bounded(std::string_view content) {
        const std::filesystem::path path = folder_.path() / "file.dll";
        write_file(path, content);
        for (const bool json : {false, true}) {
            const InspectOptions options{.files = {platform::utf8_from_path(path)}, .json = json};
            Nowhere nowhere;
            std::ostream output(&nowhere);
            const std::size_t before = held_bytes;
            most_held_bytes = before;
            (void)run_inspect(options, Context{output, output});
            const std::size_t most = most_held_bytes - before;
            ASSERT_GT(most, 0u);
            ASSERT_LE(most, 4 * content.size() + (1u << 20)) << content.size() << " bytes";
        }
    }

    TemporaryFolder folder_;
};

WrittenDll full_dll() {
    WrittenDll dll;
    dll.add_exports({"WSLPluginAPIV1_EntryPoint", "Other>ntdll.RtlOther", "Third"});
    dll.add_imports({{"KERNEL32.dll", {"GetLastError", "#7"}}, {"ntdll.dll", {"NtClose"}}});
    dll.add_delayed_imports({{"user32.dll", {"MessageBoxW"}}});
    return dll;
}

/// A DLL whose one section has that many bytes behind the tables of a small one.
std::string large_dll(const WrittenDll& small, std::uint32_t size) {
    std::string bytes = small.bytes();
    bytes.resize(WrittenDll::section_offset + size);
    constexpr std::size_t section_header = 0x40 + 24 + 240;
    put(bytes, section_header + 8, size, 4);
    put(bytes, section_header + 16, size, 4);
    return bytes;
}

constexpr std::uint32_t large = 16u << 20;

TEST_F(InspectMemory, IsBoundedWhereverTheFileIsCut) {
    const std::string whole = full_dll().bytes();
    for (std::size_t size = 0; size < whole.size(); size += 13) {
        ASSERT_NO_FATAL_FAILURE(expect_bounded(std::string_view(whole).substr(0, size)));
    }
}

TEST_F(InspectMemory, IsBoundedForALargeFile) {
    ASSERT_NO_FATAL_FAILURE(expect_bounded(large_dll(full_dll(), large)));
}

TEST_F(InspectMemory, IsBoundedWhereTheTablesClaimMoreThanThereIs) {
    constexpr std::size_t directories = 0x40 + 24 + 112;
    for (std::size_t table = 0; table < 16; ++table) {
        for (const std::uint32_t claimed : {0x10000u, 0x7FFFFFFFu, 0xFFFFFFFFu}) {
            std::string bytes = full_dll().bytes();
            put(bytes, directories + 8 * table, WrittenDll::section_address, 4);
            put(bytes, directories + 8 * table + 4, claimed, 4);
            ASSERT_NO_FATAL_FAILURE(expect_bounded(bytes));
        }
    }
}

TEST_F(InspectMemory, IsBoundedForALongTableOfOneNameForAll) {
    constexpr std::uint32_t count = 200'000;
    WrittenDll small;
    const std::uint32_t table = small.reserve(40);
    const std::uint32_t name = small.add(std::string(3000, 'n'));
    std::string bytes = large_dll(small, large);
    const auto put_at = [&bytes](std::uint32_t address, std::uint64_t value, std::size_t size) {
        put(bytes, address - WrittenDll::section_address + WrittenDll::section_offset, value, size);
    };
    const std::uint32_t list = WrittenDll::section_address + 0x2000;
    for (std::uint32_t i = 0; i < count; ++i) {
        put_at(list + 4 * i, name, 4);
    }
    put_at(table + 20, count, 4);
    put_at(table + 24, count, 4);
    put_at(table + 28, list, 4);
    put_at(table + 32, list, 4);
    put_at(table + 36, list, 4);
    put(bytes, 0x40 + 24 + 112, table, 4);
    put(bytes, 0x40 + 24 + 116, 40, 4);
    ASSERT_NO_FATAL_FAILURE(expect_bounded(bytes));
}

TEST_F(InspectMemory, IsBoundedForManyLibrariesOfOneLongName) {
    constexpr std::uint32_t count = 100'000;
    WrittenDll small;
    const std::uint32_t name = small.add(std::string(3000, 'l'));
    std::string bytes = large_dll(small, large);
    const std::uint32_t table = 0x2000;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::size_t entry = WrittenDll::section_offset + table + 20 * i;
        put(bytes, entry, name, 4);
        put(bytes, entry + 12, name, 4);
        put(bytes, entry + 16, name, 4);
    }
    put(bytes, 0x40 + 24 + 112 + 8, WrittenDll::section_address + table, 4);
    put(bytes, 0x40 + 24 + 116 + 8, 20 * count, 4);
    ASSERT_NO_FATAL_FAILURE(expect_bounded(bytes));
}

TEST_F(InspectMemory, IsBoundedForFilesWithRandomFields) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::string honest = full_dll().bytes();
    for (int round = 0; round < 300; ++round) {
        std::string bytes = honest;
        for (int change = 0; change < 8; ++change) {
            put(bytes, random() % (0x800 - 4), random(), 1 + random() % 4);
        }
        ASSERT_NO_FATAL_FAILURE(expect_bounded(bytes));
    }
}

}  // namespace
}  // namespace wslplugins::tool::test
