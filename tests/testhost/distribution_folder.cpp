// SPDX-License-Identifier: MIT
#include "testhost/distribution_folder.hpp"

#include "platform/paths.hpp"
#include "testhost/machine/host_path.hpp"
#include "testhost/machine/machine.hpp"

#include <wslplugins/testhost/service.hpp>

#include <array>
#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>

namespace wslplugins::testhost {
namespace {

constexpr char make_root[] = R"script(set -e
mkdir -p root/bin root/etc root/usr/lib
for program in sh cat ls true; do
    cp -L /bin/$program root/bin/
    for library in $(ldd /bin/$program | grep -o '/[^ ]*'); do
        mkdir -p "root$(dirname "$library")"
        cp -L "$library" "root$library"
    done
done
echo 'ID=tiny
VERSION_ID="7"' > root/usr/lib/os-release
ln -s /usr/lib/os-release root/etc/os-release
echo 'Tiny 7' > root/etc/issue.net
tar -c -f root.tar -C root .
)script";

template <class T>
T checked(WinResult<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().to_string());
    }
    return std::move(*result);
}

}  // namespace

DistributionFolder::DistributionFolder()
    : folder_(std::filesystem::temp_directory_path() /
              ("wslplugins-distribution-" + std::to_string(std::random_device()()))) {
    std::filesystem::create_directory(folder_);
    run(make_root);
}

DistributionFolder::~DistributionFolder() {
    run("rm -rf ./*");
    std::filesystem::remove(folder_);
}

std::string DistributionFolder::at(const std::string& name) const {
    return platform::utf8_from_path(folder_ / name);
}

bool DistributionFolder::has(const std::string& name) const {
    return std::filesystem::exists(folder_ / name);
}

std::string DistributionFolder::text_of(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

void DistributionFolder::run(const std::string& script) const {
    const auto machine = checked(start_machine(ServiceOptions()));
    const auto folder = checked(host_folder(platform::utf8_from_path(folder_)));
    if (const auto mounted = machine->mount_folder(folder, "/mnt/folder", false); !mounted) {
        throw std::runtime_error(mounted.error().to_string());
    }
    auto program = checked(machine->execute(
        std::nullopt, "/bin/sh", {"sh", "-c", "exec 2>&1; cd /mnt/folder; " + script}));
    std::string said;
    std::array<char, 512> buffer;
    while (true) {
        const auto count = program.stream.receive(std::as_writable_bytes(std::span(buffer)));
        if (!count || *count == 0) {
            break;
        }
        said.append(buffer.data(), *count);
    }
    if (checked(machine->wait(program.number)).exit_code != 0) {
        throw std::runtime_error("the script failed: " + said);
    }
}

}  // namespace wslplugins::testhost
