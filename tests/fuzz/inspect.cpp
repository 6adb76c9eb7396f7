// SPDX-License-Identifier: MIT
#include "fuzz/targets.hpp"

#include "image/exports.hpp"
#include "image/facts.hpp"
#include "image/imports.hpp"

namespace wslplugins::fuzz {
namespace {

using namespace wslplugins::tool;

/// What the long lists hand out in all, as the printers read them.
std::size_t handed_out(const Image& image) {
    std::size_t bytes = 0;
    const auto count = [&bytes](const std::optional<std::string>& text) {
        bytes += text ? text->size() : 0;
    };
    (void)read_exports(image, [&count](const Export& each) {
        count(each.name);
        count(each.forwarder);
    });
    (void)read_imports(image,
                       {[&count](const ImportedLibrary& each) { count(each.name); },
                        [&count](const ImportedFunction& each) { count(each.name); }});
    return bytes;
}

}  // namespace

void inspect(Bytes input) {
    MemoryBytes bytes(input);
    const WinResult<Image> image = Image::open(bytes);
    if (!image) {
        require(image.error().code() == HResult::bad_executable_format,
                "what is no image is ERROR_BAD_EXE_FORMAT");
        return;
    }
    const ImageFacts facts = read_facts(*image);
    for (const ImageFinding& each : findings_about(facts)) {
        require(each.finding != nullptr, "every finding stands in the table");
    }
    require(!facts.signature || !facts.signature->chain.empty(), "a signature has a signer");
    require(handed_out(*image) <= 4 * input.size() + (std::size_t{1} << 20),
            "lists hand out no more than the file can hold");
}

}  // namespace wslplugins::fuzz
