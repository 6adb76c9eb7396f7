// SPDX-License-Identifier: MIT
/// @file
/// What the test host and the guest say to each other.
///
/// The control connection is the guest's standard input and output. It carries `Hello` first, then one
/// `ControlRequest` after the other, each answered by one reply. Every other connection goes to the guest's
/// loopback port and carries one `Visit`: its reply to `Execute` ends the conversation, and the connection
/// is the program's stdin and stdout from then on. A program with three streams of its own takes four: one
/// `OfferStream` for each stream, and one that starts the program.
#pragma once

#include "guest/protocol/limits.hpp"
#include "guest/protocol/wire.hpp"

#include <wslplugins/core/guid.hpp>

#include <expected>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace wslplugins::guest::protocol {

/// The host's first message; the reply is `Welcome`.
struct Hello {
    std::uint32_t version = protocol::version;
    Secret secret{};

    friend bool operator==(const Hello&, const Hello&) = default;
};

/// Mounts a folder of the machine; the reply is `Done`.
struct MountFolder {
    std::string source;
    std::string target;
    bool read_only = false;
    std::optional<Guid> distribution{};  ///< None: in the root namespace.

    friend bool operator==(const MountFolder&, const MountFolder&) = default;
};

/// The reply is `DistributionStarted`.
struct StartDistribution {
    Guid id;
    std::string
        root{};  ///< The folder that is its root; empty: a throwaway of the machine's own programs.
    bool keeps_changes =
        false;  ///< What is written there stays; else it goes to a layer over the folder.

    friend bool operator==(const StartDistribution&, const StartDistribution&) = default;
};

/// The reply is `Done`, once nothing runs in the distribution any more.
struct StopDistribution {
    Guid id;

    friend bool operator==(const StopDistribution&, const StopDistribution&) = default;
};

/// The reply is `KernelLog`, which empties it.
struct TakeKernelLog {
    friend bool operator==(const TakeKernelLog&, const TakeKernelLog&) = default;
};

/// Takes away what `MountFolder` mounted, and the folder it was mounted on; the reply is `Done`. What is no mount
/// fails with EINVAL.
struct UnmountFolder {
    std::string target;

    friend bool operator==(const UnmountFolder&, const UnmountFolder&) = default;
};

/// The reply is `Done`; ESRCH for a program that does not run.
struct SignalProgram {
    std::uint64_t program = 0;
    std::uint32_t signal = 0;

    friend bool operator==(const SignalProgram&, const SignalProgram&) = default;
};

using ControlRequest = std::variant<MountFolder,
                                    StartDistribution,
                                    StopDistribution,
                                    TakeKernelLog,
                                    UnmountFolder,
                                    SignalProgram>;

/// Runs a program, in the root namespace or in a distribution; the reply is `ProgramStarted`.
struct Execute {
    std::optional<Guid> distribution;
    std::string path;
    std::vector<std::string> arguments;

    friend bool operator==(const Execute&, const Execute&) = default;
};

/// The reply is `ProgramEnded`, once it has.
struct Wait {
    std::uint64_t program = 0;

    friend bool operator==(const Wait&, const Wait&) = default;
};

/// Offers this connection as a stream of a program to come; the reply is `StreamOffered`. An offer that is taken
/// up carries the program's bytes alone from then on; closing it before takes it back.
struct OfferStream {
    friend bool operator==(const OfferStream&, const OfferStream&) = default;
};

/// Starts a program whose three streams have been offered, each once; the reply is `ProgramStarted`. A `path`
/// without a slash is looked up in init's PATH; the environment is what is given and nothing else.
struct StartProcess {
    std::optional<Guid> distribution;
    std::string path;
    std::vector<std::string> arguments;
    std::vector<std::string> environment;
    std::string folder;  ///< Where it starts; made where it is missing. Empty: the root.
    std::array<std::uint64_t, 3> streams{};  ///< Standard input, output and error.

    friend bool operator==(const StartProcess&, const StartProcess&) = default;
};

using VisitRequest = std::variant<Execute, Wait, OfferStream, StartProcess>;

/// A whole conversation on a connection of its own. The secret comes first, so that the guest can close
/// a stranger's connection before it makes room for a request.
struct Visit {
    Secret secret{};
    VisitRequest request;

    friend bool operator==(const Visit&, const Visit&) = default;
};

struct Done {
    friend bool operator==(const Done&, const Done&) = default;
};

struct Welcome {
    std::uint16_t port = 0;

    friend bool operator==(const Welcome&, const Welcome&) = default;
};

struct DistributionStarted {
    std::uint64_t pid_namespace = 0;
    std::uint32_t init_pid = 0;
    std::string flavor;
    std::string version;

    friend bool operator==(const DistributionStarted&, const DistributionStarted&) = default;
};

struct StreamOffered {
    std::uint64_t stream = 0;

    friend bool operator==(const StreamOffered&, const StreamOffered&) = default;
};

struct ProgramStarted {
    std::uint64_t program = 0;

    friend bool operator==(const ProgramStarted&, const ProgramStarted&) = default;
};

struct ProgramEnded {
    std::uint32_t exit_code = 0;

    friend bool operator==(const ProgramEnded&, const ProgramEnded&) = default;
};

struct KernelLog {
    std::string text;

    friend bool operator==(const KernelLog&, const KernelLog&) = default;
};

/// What the host must tell apart: a distribution that does not run has a code of its own.
enum class FailureKind : std::uint8_t { Other = 1, DistributionNotRunning = 2 };

/// Why a request failed: `error` is an `errno` value, `text` one sentence without a full stop.
struct Failure {
    FailureKind kind = FailureKind::Other;
    std::uint32_t error = 0;
    std::string text;

    friend bool operator==(const Failure&, const Failure&) = default;
};

/// A reply to one kind of request.
template <class T>
using Reply = std::expected<T, Failure>;

[[nodiscard]] Bytes encode(const Hello& hello);
[[nodiscard]] Bytes encode(const ControlRequest& request);
[[nodiscard]] Bytes encode(const Visit& visit);

/// Encodes the reply of a request; the reader must know which reply it expects.
template <class T>
[[nodiscard]] Bytes encode(const Reply<T>& reply);

/// None for bytes that are no such message, or have more than the message behind it.
[[nodiscard]] std::optional<Hello> decode_hello(std::span<const std::byte> message);
[[nodiscard]] std::optional<ControlRequest> decode_control(std::span<const std::byte> message);
[[nodiscard]] std::optional<Visit> decode_visit(std::span<const std::byte> message);

template <class T>
[[nodiscard]] std::optional<Reply<T>> decode_reply(std::span<const std::byte> message);

}  // namespace wslplugins::guest::protocol
