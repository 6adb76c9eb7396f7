// SPDX-License-Identifier: MIT
#include "machine/record_keeper.hpp"

#include "machine/wsl_service.hpp"

#include "platform/paths.hpp"
#include "platform/protected_path.hpp"
#include "platform/registry.hpp"
#include "platform/service_manager.hpp"

#include <wslplugins/testhost/plugin_registration.hpp>

#include <fstream>
#include <iterator>
#include <utility>

namespace wslplugins::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds longest_wait{30};

std::string record_file(const MachineFolders& folders) {
    return folders.record + "\\record.json";
}

WinResult<MachineRecord> read_record(const MachineFolders& folders) {
    const std::string name = record_file(folders);
    const fs::path file = platform::path_from_utf8(name);
    std::error_code error;
    if (!fs::exists(file, error)) {
        if (error) {
            return failure(HResult::access_denied, "Could not look for '" + name + "'");
        }
        return MachineRecord{};
    }
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream.is_open() || stream.bad()) {
        return failure(HResult::access_denied, "Could not read '" + name + "'");
    }
    WinResult<MachineRecord> record = parse_machine_record(text);
    if (!record) {
        return failure(record.error().code(),
                       record.error().text() + " ('" + name +
                           "'). A newer version of this tool may have written it; if it is "
                           "damaged, look at what it says, and move it away");
    }
    return record;
}

WinResult<std::optional<RegistryData>> read_value(const std::string& name) {
    auto value = platform::read_registry_value(testhost::plugins_key, name);
    if (!value) {
        return propagate(value.error());
    }
    if (!*value) {
        return std::nullopt;
    }
    return RegistryData{(*value)->type, std::move((*value)->data)};
}

WinResult<> write_value(const std::string& name, const std::optional<RegistryData>& value) {
    if (value) {
        return platform::write_registry_value(
            testhost::plugins_key,
            {.name = name, .type = value->type, .text = {}, .data = value->data});
    }
    WinResult<> deleted = platform::delete_registry_value(testhost::plugins_key, name);
    if (!deleted && deleted.error().code() == HResult::file_not_found) {
        return {};
    }
    return deleted;
}

}  // namespace

WinResult<MachineFolders> MachineFolders::find() {
    const WinResult<std::string> data = platform::program_data_folder();
    const WinResult<std::string> programs = platform::program_files_folder();
    if (!data || !programs) {
        return propagate((data ? programs : data).error());
    }
    return MachineFolders{*data + "\\wslplugins", *programs + "\\WSL Plugins"};
}

WinResult<MachineRecord> read_machine_record() {
    const WinResult<MachineFolders> folders = MachineFolders::find();
    if (!folders) {
        return propagate(folders.error());
    }
    return read_record(*folders);
}

RecordKeeper::RecordKeeper(MachineFolders folders, platform::FileLock lock, MachineRecord record)
    : folders_(std::move(folders)), lock_(std::move(lock)), record_(std::move(record)) {}

WinResult<RecordKeeper> RecordKeeper::open() {
    WinResult<MachineFolders> folders = MachineFolders::find();
    if (!folders) {
        return propagate(folders.error());
    }
    if (WinResult<> made = platform::make_protected_folder(folders->record); !made) {
        return propagate(made.error());
    }
    WinResult<platform::FileLock> lock =
        platform::FileLock::acquire(folders->record + "\\record.lock", longest_wait);
    if (!lock) {
        return propagate(lock.error());
    }
    WinResult<MachineRecord> record = read_record(*folders);
    if (!record) {
        return propagate(record.error());
    }
    RecordKeeper keeper(std::move(*folders), std::move(*lock), std::move(*record));
    if (WinResult<> repaired = keeper.repair(); !repaired) {
        return propagate(repaired.error());
    }
    return keeper;
}

WinResult<> RecordKeeper::save() {
    return platform::replace_file(
        record_file(folders_), folders_.record + "\\record.new", to_json(record_));
}

WinResult<> RecordKeeper::settle_pending() {
    const WinResult<std::optional<RegistryData>> value = read_value(record_.pending->name);
    if (!value) {
        return propagate(value.error());
    }
    const std::string name = "'" + record_.pending->name + "'";
    if (*value == record_.pending->value) {
        finish_pending(record_);
        repairs_.push_back("A change of " + name + " had been interrupted; it is complete now.");
    } else {
        record_.pending.reset();
        repairs_.push_back("A change of " + name + " had been interrupted; it is undone.");
    }
    return save();
}

WinResult<> RecordKeeper::repair() {
    if (record_.pending) {
        if (WinResult<> settled = settle_pending(); !settled) {
            return settled;
        }
    }
    if (record_.service_is_stopped) {
        const WinResult<> started = platform::start_service(wsl_service_name, wsl_service_wait);
        repairs_.push_back(started ? "The WSL service had been left stopped; it runs again."
                                   : "The WSL service had been left stopped, and does not start: " +
                                         started.error().to_string() + ".");
        // A WSL that has been removed meanwhile will not start, however often it is tried.
        constexpr HResult service_does_not_exist = HResult::from_win32(1060);
        if (started || started.error().code() == service_does_not_exist) {
            if (WinResult<> saved = set_service_stopped(false); !saved) {
                return saved;
            }
        }
    }
    return remove_leftovers();
}

WinResult<> RecordKeeper::change(const PendingChange& change) {
    record_.pending = change;
    if (WinResult<> saved = save(); !saved) {
        record_.pending.reset();
        return saved;
    }
    if (WinResult<> written = write_value(change.name, change.value); !written) {
        record_.pending.reset();
        (void)save();  // else the next call undoes it: the value is the old one
        return written;
    }
    finish_pending(record_);
    return save();
}

WinResult<> RecordKeeper::announce_folder(const std::string& folder) {
    record_.leftovers.push_back(folder);
    return save();
}

WinResult<> RecordKeeper::remove_leftovers() {
    const std::size_t before = record_.leftovers.size();
    const fs::path root = platform::path_from_utf8(folders_.plugins);
    std::erase_if(record_.leftovers, [&root](const std::string& name) {
        const fs::path folder = platform::path_from_utf8(name);
        if (folder.parent_path() != root) {
            return true;  // never one of `install`'s
        }
        std::error_code error;
        fs::remove_all(folder, error);
        std::error_code unknown;
        return !fs::exists(folder, unknown) && !unknown;
    });
    return before == record_.leftovers.size() ? WinResult<>() : save();
}

WinResult<> RecordKeeper::add_certificate(RecordedCertificate certificate) {
    std::erase_if(record_.certificates, [&certificate](const RecordedCertificate& recorded) {
        return recorded.thumbprint == certificate.thumbprint;
    });
    record_.certificates.push_back(std::move(certificate));
    return save();
}

WinResult<> RecordKeeper::forget_certificate(const std::string& thumbprint) {
    std::erase_if(record_.certificates, [&thumbprint](const RecordedCertificate& recorded) {
        return recorded.thumbprint == thumbprint;
    });
    return save();
}

WinResult<> RecordKeeper::set_service_stopped(bool is_stopped) {
    record_.service_is_stopped = is_stopped;
    return save();
}

}  // namespace wslplugins::tool
