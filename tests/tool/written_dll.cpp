// SPDX-License-Identifier: MIT
#include "tool/written_dll.hpp"

#include "tool/small_dll.hpp"

#include <stdexcept>

namespace wslplugins::tool::test {
namespace {

constexpr std::size_t file_header = 0x40;
constexpr std::size_t optional_header = file_header + 24;
constexpr std::size_t directories = optional_header + 112;
constexpr std::size_t section_header = optional_header + 240;

}  // namespace

WrittenDll::WrittenDll() : bytes_(small_dll()) {
    bytes_.resize(section_offset + section_size);
    put_at(section_header + 8, section_size, 4);
    put_at(section_header + 16, section_size, 4);
    set_section(".rdata", 0x40000040);
    set_dll_characteristics(0x4160);
}

void WrittenDll::put_at(std::size_t offset, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
        bytes_.at(offset + i) = static_cast<char>(value >> (8 * i));
    }
}

void WrittenDll::put(std::uint32_t address, std::uint64_t value, std::size_t size) {
    put_at(address - section_address + section_offset, value, size);
}

std::uint32_t WrittenDll::reserve(std::size_t size) {
    const std::uint32_t address = section_address + used_;
    used_ += static_cast<std::uint32_t>((size + 7) / 8 * 8);
    if (used_ > section_size) {
        throw std::length_error("The section is full");
    }
    return address;
}

std::uint32_t WrittenDll::add(std::string_view content) {
    const std::uint32_t address = reserve(content.size() + 1);
    bytes_.replace(address - section_address + section_offset, content.size(), content);
    return address;
}

void WrittenDll::set_directory(Table table, std::uint32_t address, std::uint32_t size) {
    put_at(directories + 8 * static_cast<std::size_t>(table), address, 4);
    put_at(directories + 8 * static_cast<std::size_t>(table) + 4, size, 4);
}

void WrittenDll::set_machine(std::uint16_t machine) {
    put_at(file_header + 4, machine, 2);
}

void WrittenDll::set_dll_characteristics(std::uint16_t flags) {
    put_at(optional_header + 70, flags, 2);
}

void WrittenDll::set_section(std::string_view name, std::uint32_t characteristics) {
    put_at(section_header, 0, 8);
    bytes_.replace(section_header, name.size(), name);
    put_at(section_header + 36, characteristics, 4);
}

void WrittenDll::add_exports(const std::vector<std::string>& names) {
    const auto count = static_cast<std::uint32_t>(names.size());
    const std::uint32_t table = reserve(40);
    const std::uint32_t addresses = reserve(4 * count);
    const std::uint32_t name_list = reserve(4 * count);
    const std::uint32_t ordinals = reserve(2 * count);
    put(table + 16, 1, 4);
    put(table + 20, count, 4);
    put(table + 24, count, 4);
    put(table + 28, addresses, 4);
    put(table + 32, name_list, 4);
    put(table + 36, ordinals, 4);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::size_t mark = names[i].find('>');
        put(name_list + 4 * i, add(names[i].substr(0, mark)), 4);
        put(ordinals + 2 * i, i, 2);
        put(addresses + 4 * i,
            mark == std::string::npos ? section_address : add(names[i].substr(mark + 1)),
            4);
    }
    set_directory(Table::Export, table, section_address + used_ - table);
}

std::uint32_t WrittenDll::add_functions(const std::vector<std::string>& functions) {
    const std::uint32_t list = reserve(8 * (functions.size() + 1));
    for (std::uint32_t i = 0; i < functions.size(); ++i) {
        const bool by_ordinal = functions[i].starts_with('#');
        const std::uint64_t entry =
            by_ordinal ? (std::uint64_t{1} << 63) + std::stoul(functions[i].substr(1))
                       : add(std::string(2, '\0') + functions[i]);
        put(list + 8 * i, entry, 8);
    }
    return list;
}

void WrittenDll::add_imports(const std::vector<Import>& imports) {
    const std::uint32_t table = reserve(20 * (imports.size() + 1));
    for (std::uint32_t i = 0; i < imports.size(); ++i) {
        const std::uint32_t functions = add_functions(imports[i].functions);
        put(table + 20 * i, functions, 4);
        put(table + 20 * i + 12, add(imports[i].library), 4);
        put(table + 20 * i + 16, functions, 4);
    }
    set_directory(Table::Import, table, 20);
}

void WrittenDll::add_delayed_imports(const std::vector<Import>& imports) {
    const std::uint32_t table = reserve(32 * (imports.size() + 1));
    for (std::uint32_t i = 0; i < imports.size(); ++i) {
        put(table + 32 * i, 1, 4);
        put(table + 32 * i + 4, add(imports[i].library), 4);
        put(table + 32 * i + 16, add_functions(imports[i].functions), 4);
    }
    set_directory(Table::DelayImport, table, 32);
}

}  // namespace wslplugins::tool::test
