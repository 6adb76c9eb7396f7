// SPDX-License-Identifier: MIT
#include <wslplugins/testhost/scripted_linux.hpp>

#include "testhost/ascii_case.hpp"

#include <algorithm>
#include <utility>

namespace wslplugins::testhost {
namespace {

bool fits(const ScriptedMatch& match, const ScriptedProgram& program) {
    return match.path == program.path &&
           (!match.arguments || *match.arguments == program.arguments) &&
           (!match.distribution || match.distribution == program.distribution) &&
           (!match.user || *match.user == program.user);
}

}  // namespace

void ScriptedLinux::answer(std::string path, ScriptedAnswer answer) {
    answer_for({.path = std::move(path)}, std::move(answer));
}

void ScriptedLinux::answer(std::string path,
                           std::vector<std::string> arguments,
                           ScriptedAnswer answer) {
    answer_for({.path = std::move(path), .arguments = std::move(arguments)}, std::move(answer));
}

void ScriptedLinux::answer_for(ScriptedMatch match, ScriptedAnswer answer) {
    add({std::move(match), std::move(answer), {}});
}

void ScriptedLinux::compute(std::string path, Compute compute) {
    add({{.path = std::move(path)}, {}, std::move(compute)});
}

void ScriptedLinux::add(Entry entry) {
    const std::scoped_lock lock(mutex_);
    entries_.push_back(std::move(entry));
}

void ScriptedLinux::lack_folder(std::string windows_path) {
    const std::scoped_lock lock(mutex_);
    lacking_folders_.push_back(ascii_lower(windows_path));
}

std::vector<ScriptedProgram> ScriptedLinux::programs() const {
    const std::scoped_lock lock(mutex_);
    return programs_;
}

std::vector<ScriptedMount> ScriptedLinux::mounts() const {
    const std::scoped_lock lock(mutex_);
    return mounts_;
}

std::optional<ScriptedLinux::Entry> ScriptedLinux::find(const ScriptedProgram& program) const {
    const std::scoped_lock lock(mutex_);
    const auto found = std::find_if(entries_.rbegin(), entries_.rend(), [&](const Entry& entry) {
        return fits(entry.match, program);
    });
    return found == entries_.rend() ? std::nullopt : std::optional(*found);
}

bool ScriptedLinux::has_folder(std::string_view windows_path) const {
    const std::scoped_lock lock(mutex_);
    return std::find(lacking_folders_.begin(), lacking_folders_.end(), ascii_lower(windows_path)) ==
           lacking_folders_.end();
}

std::uint64_t ScriptedLinux::note_program(ScriptedProgram program) {
    const std::scoped_lock lock(mutex_);
    programs_.push_back(std::move(program));
    return programs_.size();
}

void ScriptedLinux::note_input(std::uint64_t program, std::string input) {
    const std::scoped_lock lock(mutex_);
    programs_.at(program - 1).input = std::move(input);
}

void ScriptedLinux::note_mount(ScriptedMount mount) {
    const std::scoped_lock lock(mutex_);
    mounts_.push_back(std::move(mount));
}

std::uint32_t ScriptedLinux::next_start() {
    const std::scoped_lock lock(mutex_);
    return starts_++;
}

}  // namespace wslplugins::testhost
