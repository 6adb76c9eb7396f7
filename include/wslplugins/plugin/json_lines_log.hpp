// SPDX-License-Identifier: MIT
/// @file
/// `JsonLinesLog`: the log as a file of JSON lines, which only administrators and the system can change.
#pragma once

#include <wslplugins/plugin/context.hpp>

#include <cstddef>
#include <memory>
#include <string>

namespace wslplugins {

/// Where the file is, and how large it may become.
struct JsonLinesLogOptions {
    /// An absolute path, UTF-8, whose last folder is made if it is missing.
    std::string folder;

    /// Without a folder. The file before it is kept under this name with `.1` behind.
    std::string file_name = "plugin.jsonl";

    /// Bytes; when a line would exceed it, a new file is begun. There are two files, so that twice as much is the
    /// most. At least 64 KiB; less counts as that.
    std::size_t max_file_size = 1024 * 1024;

    /// Lines that wait for the disk; 0 counts as 1. What comes when so many wait is dropped.
    std::size_t capacity = 256;
};

/// Writes what `log()` is told, besides what the debugger is told, as one JSON object a line:
///
/// @code
/// {"time":"2026-11-23T00:59:48.123Z","level":"info","event":"kernel","text":"Linux version 6.6"}
/// @endcode
///
/// UTC; UTF-8, in which U+FFFD stands for what is none. Text past 8 KiB is cut, and `"cut":N` says how many
/// bytes it had. `"dropped":N` in a line says how many lines were dropped or could not be written since the one
/// before. Logging never waits for the disk: a thread as that of a `BackgroundQueue` writes, and is given a second
/// to finish after the last stopping hook and when the log is destroyed.
///
/// The service runs with every right, and a file that a user can replace would let that user choose what it
/// writes to. Folder and file must therefore be nobody's but the system's, the administrators' and (which is the
/// same in the service) the process's own user's: others may neither write nor own them. Neither may be a link.
/// A folder that is made is protected that way and inherits nothing.
class JsonLinesLog {
public:
    /// Opens the file and adds itself to the context's log. Make it a member of the plugin, so that it is
    /// destroyed when the plugin cannot be made.
    /// @param context outlives it.
    /// @return ERROR_ACCESS_DENIED where others could change folder or file, and for links; E_INVALIDARG for
    ///         a path that is not absolute or a file name that is none; else the system's code, such as
    ///         ERROR_PATH_NOT_FOUND when the folder above is missing.
    [[nodiscard]] static WinResult<std::unique_ptr<JsonLinesLog>>
    open(const Context& context, const JsonLinesLogOptions& options);

    JsonLinesLog(const JsonLinesLog&) = delete;
    JsonLinesLog& operator=(const JsonLinesLog&) = delete;
    ~JsonLinesLog();

private:
    class State;

    JsonLinesLog(const Context& context, std::shared_ptr<State> state);

    const Context* context_;
    std::shared_ptr<State> state_;
};

}  // namespace wslplugins
