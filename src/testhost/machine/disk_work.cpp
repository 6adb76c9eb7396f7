// SPDX-License-Identifier: MIT
#include "testhost/machine/disk_work.hpp"

#include <array>
#include <utility>

namespace wslplugins::testhost {
namespace {

/// WSL_E_IMPORT_FAILED, WSL_E_EXPORT_FAILED
constexpr HResult import_failed = HResult::from_bits(0x8004030Bu);
constexpr HResult export_failed = HResult::from_bits(0x8004030Au);

// Where a job sees what it works with.
constexpr const char* source_place = "/mnt/source";
constexpr const char* target_place = "/mnt/target";

struct SplitPath {
    std::string folder;
    std::string name;
};

SplitPath split(std::string_view path) {
    while (path.size() > 1 && path.ends_with('/')) {
        path.remove_suffix(1);
    }
    const std::size_t slash = path.rfind('/');
    const std::string folder(path.substr(0, slash));
    return {folder.empty() ? "/" : folder, std::string(path.substr(slash + 1))};
}

std::string read_to_end(platform::Socket& stream) {
    std::string text;
    std::array<char, 4096> buffer;
    while (true) {
        const auto count = stream.receive(std::as_writable_bytes(std::span(buffer)));
        if (!count || *count == 0) {
            return text;
        }
        text.append(buffer.data(), *count);
    }
}

std::string without_line_end(std::string text) {
    while (text.ends_with('\n')) {
        text.pop_back();
    }
    return text;
}

}  // namespace

/// A shell script; `$0` and `$1` are names in the places.
struct DiskWork::Job {
    std::string what;
    HResult code;        // of its failure
    std::string source;  // folders; empty: none
    std::string target;
    std::string script;
    std::vector<std::string> names;
};

std::string disk_name(int wsl_version) {
    return wsl_version == 1 ? "rootfs" : "ext4.vhdx";
}

WinResult<DiskWork> DiskWork::start(const ServiceOptions& options) {
    auto machine = start_machine(options);
    if (!machine) {
        return propagate(machine.error());
    }
    return DiskWork(std::move(*machine), options.backend == Backend::Scripted);
}

WinResult<>
DiskWork::unpack(std::string_view tar, std::string_view location, std::string_view name) {
    const auto [folder, file] = split(tar);
    return run({"Unpacking '" + std::string(tar) + "'",
                import_failed,
                folder,
                std::string(location),
                "mkdir \"/mnt/target/$1\" && tar -x -p --no-same-owner --anchored "
                "--exclude='dev/*' --exclude='./dev/*' -f \"/mnt/source/$0\" -C \"/mnt/target/$1\"",
                {file, std::string(name)}});
}

WinResult<>
DiskWork::copy(std::string_view folder, std::string_view location, std::string_view name) {
    // Every entry but /dev, hidden ones included; a pattern that names nothing stays as it is.
    return run({"Copying '" + std::string(folder) + "'",
                import_failed,
                std::string(folder),
                std::string(location),
                "mkdir \"/mnt/target/$0\" && cd /mnt/source && for entry in * .[!.]*; do "
                "[ -e \"$entry\" ] || [ -L \"$entry\" ] || continue; "
                "[ \"$entry\" != dev ] || continue; "
                "cp -a --no-preserve=ownership \"$entry\" \"/mnt/target/$0/\" || exit 1; done; "
                "mkdir -p \"/mnt/target/$0/dev\"",
                {std::string(name)}});
}

WinResult<> DiskWork::copy(std::string_view folder, std::string_view target) {
    const auto [location, name] = split(target);
    return copy(folder, location, name);
}

WinResult<> DiskWork::pack(std::string_view folder, std::string_view tar) {
    const auto [location, file] = split(tar);
    return run({"Packing '" + std::string(folder) + "'",
                export_failed,
                std::string(folder),
                location,
                "tar -c --numeric-owner --anchored --exclude='./dev/*' -f \"/mnt/target/$0\" -C "
                "/mnt/source .",
                {file}});
}

WinResult<> DiskWork::remove(std::string_view folder) {
    const auto [location, name] = split(folder);
    return run({"Removing '" + std::string(folder) + "'",
                HResult::fail,
                {},
                location,
                "rm -rf --one-file-system -- \"/mnt/target/$0\"",
                {name}});
}

WinResult<std::string> DiskWork::rename(std::string_view folder, std::string_view name) {
    const auto [location, old_name] = split(folder);
    const auto renamed = run({"Renaming '" + std::string(folder) + "'",
                              HResult::fail,
                              {},
                              location,
                              "mv -T -- \"/mnt/target/$0\" \"/mnt/target/$1\"",
                              {old_name, std::string(name)}});
    if (!renamed) {
        return propagate(renamed.error());
    }
    return location + '/' + std::string(name);
}

WinResult<StartedDistribution> DiskWork::look_into(std::string_view folder) {
    const Guid any;
    auto started = machine_->start_distribution({any, std::string(folder)});
    if (started) {
        const auto stopped = machine_->stop_distribution(any);
        if (!stopped) {
            return propagate(stopped.error());
        }
    }
    return started;
}

WinResult<> DiskWork::run(const Job& job) {
    if (is_scripted_) {
        return {};  // no programs and no folders
    }
    struct Place {
        const std::string& folder;
        const char* at;
        bool is_read_only;
    };
    for (const Place& place :
         {Place{job.source, source_place, true}, Place{job.target, target_place, false}}) {
        const auto mounted =
            place.folder.empty()
                ? WinResult<>()
                : machine_->mount_folder(place.folder, place.at, place.is_read_only);
        if (!mounted) {
            return mounted;
        }
    }
    std::vector<std::string> command{"sh", "-c", "exec 2>&1; " + job.script};
    command.insert(command.end(), job.names.begin(), job.names.end());
    auto program = machine_->execute(std::nullopt, "/bin/sh", command);
    if (!program) {
        return propagate(program.error());
    }
    (void)program->stream.shutdown_send();
    const std::string said = read_to_end(program->stream);
    const auto ended = machine_->wait(program->number);
    if (!ended) {
        return propagate(ended.error());
    }
    if (ended->exit_code != 0) {
        return failure(job.code, job.what + " failed: " + without_line_end(said));
    }
    return {};
}

}  // namespace wslplugins::testhost
