// SPDX-License-Identifier: MIT
/// @file
/// A DLL of one section, whose tables a test writes by hand, right or wrong.
#pragma once

#include "image/headers.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace wslplugins::tool::test {

class WrittenDll {
public:
    static constexpr std::uint32_t section_address = 0x1000;
    static constexpr std::uint32_t section_offset = 0x200;
    static constexpr std::uint32_t section_size = 0x1000;

    WrittenDll();

    /// A table of exports, from ordinal 1 on; a name with '>' in it is a forwarder's: "name>library.function".
    void add_exports(const std::vector<std::string>& names);

    struct Import {
        std::string library;
        std::vector<std::string> functions;  ///< "#7" is ordinal 7.
    };
    void add_imports(const std::vector<Import>& imports);
    void add_delayed_imports(const std::vector<Import>& imports);

    void set_directory(Table table, std::uint32_t address, std::uint32_t size);
    void set_machine(std::uint16_t machine);
    void set_dll_characteristics(std::uint16_t flags);
    void set_section(std::string_view name, std::uint32_t characteristics);

    /// Room in the section. @return its address.
    std::uint32_t reserve(std::size_t size);
    std::uint32_t add(std::string_view content);
    void put(std::uint32_t address, std::uint64_t value, std::size_t size);

    [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }

private:
    void put_at(std::size_t offset, std::uint64_t value, std::size_t size);
    std::uint32_t add_functions(const std::vector<std::string>& functions);

    std::string bytes_;
    std::uint32_t used_ = 0x10;
};

}  // namespace wslplugins::tool::test
