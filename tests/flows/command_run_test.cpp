// SPDX-License-Identifier: MIT
// What `run` gives back, and what crosses exactly.
#include "flows/command_machine.hpp"

namespace wslplugins::tests {
namespace {
using namespace std::chrono_literals;

class CommandRun : public CommandFlow {};

TEST_F(CommandRun, GivesBothStreamsAndTheExitCode) {
    const auto output = output_of(wsl.script("echo out; echo err >&2; exit 3"));
    EXPECT_EQ("out\n", output.standard_output);
    EXPECT_EQ("err\n", output.standard_error);
    EXPECT_EQ(ExitStatus::exited(3), output.status);
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandRun, MakesEveryCallOfWslOnTheCallersThread) {
    (void)output_of(wsl.command("/bin/true"));
    EXPECT_EQ(std::vector(3, std::this_thread::get_id()), wsl.callers);
}

TEST_F(CommandRun, TellsASignalFromTheExitCodeThatAShellMakesOfIt) {
    for (const int signal : {1, 3, 4, 6, 8, 9, 10, 11, 12, 14, 15, 24, 31, 34, 64}) {
        const std::string number = std::to_string(signal);
        EXPECT_EQ(ExitStatus::killed(signal),
                  output_of(wsl.script("ulimit -c 0; kill -" + number + " $$")).status);
        EXPECT_EQ(ExitStatus::exited(128 + signal),
                  output_of(wsl.script("exit " + std::to_string(128 + signal))).status);
    }
    for (const int code : {0, 1, 125, 126, 127, 128, 193, 255}) {
        EXPECT_EQ(ExitStatus::exited(code),
                  output_of(wsl.script("exit " + std::to_string(code))).status);
    }
}

TEST_F(CommandRun, ReportsTheTwoSignalsThatShellsDoNotTellFromACode) {
    for (const int signal : {2, 13}) {
        const auto killed =
            output_of(wsl.script("kill -" + std::to_string(signal) + " $$; exit 0")).status;
        EXPECT_EQ(ExitStatus::killed(signal), killed);
        EXPECT_EQ(killed, output_of(wsl.script("exit " + std::to_string(128 + signal))).status);
    }
}

TEST_F(CommandRun, GivesTheProgramNothingButItsThreeStreamsAndDefaultSignals) {
    const auto open = output_of(wsl.command("/bin/ls").arg("/proc/self/fd"));
    EXPECT_EQ("0\n1\n2\n3\n", open.standard_output);  // 3 is the folder that ls reads
    const auto ignored = output_of(wsl.command("/bin/grep").args({"SigIgn", "/proc/self/status"}));
    EXPECT_EQ("SigIgn:\t0000000000000000\n", ignored.standard_output);
    const auto caught = output_of(wsl.command("/bin/grep").args({"SigBlk", "/proc/self/status"}));
    EXPECT_EQ("SigBlk:\t0000000000000000\n", caught.standard_output);
}

TEST_F(CommandRun, CarriesAwkwardArgumentsByteForByte) {
    std::string expected;
    Command command = wsl.command("/usr/bin/printf").arg("[%s]");
    for (const std::string_view text : {"a b",
                                        "",
                                        "'single' \"double\" `back` $HOME $(id) \\ \\n",
                                        "line\nline\n",
                                        "\n",
                                        "gr\xC3\xBC\xC3\x9F\x65 \xE4\xB8\x96",
                                        "\x81\x82\x83\x84\x85\x86\x87\x88\xFF\x01\x7F",
                                        "-n",
                                        "--",
                                        "*",
                                        "=",
                                        ""}) {
        command.arg(text);
        expected += '[' + std::string(text) + ']';
    }
    EXPECT_EQ(expected, output_of(command).standard_output);
}

TEST_F(CommandRun, CarriesAThousandArgumentsWithAndWithoutEmptyOnes) {
    for (const bool has_empty : {false, true}) {
        std::vector<std::string> arguments;
        std::string expected;
        for (int i = 0; i < 1000; ++i) {
            arguments.push_back(has_empty && i % 7 == 0 ? "" : "argument " + std::to_string(i));
            expected += arguments.back() + '\n';
        }
        const auto output = output_of(wsl.command("/usr/bin/printf").arg("%s\\n").args(arguments));
        EXPECT_EQ(expected, output.standard_output);
    }
}

TEST_F(CommandRun, CarriesRandomArgumentsOfRandomBytes) {
    std::mt19937 random = printed_random();
    for (int round = 0; round < 20; ++round) {
        const bool allows_empty = round % 2 == 0;
        std::vector<std::string> arguments(1 + random() % 30);
        std::string expected;
        for (std::string& argument : arguments) {
            argument = random_bytes(random, (allows_empty ? 0 : 1) + random() % 300);
            expected += argument + '\0';
        }
        // A NUL is the one character that no argument has.
        const Command print = wsl.command("/usr/bin/printf").arg("%s\\0").args(arguments);
        ASSERT_TRUE(expected == output_of(print).standard_output) << "round " << round;
        if (!allows_empty) {
            ASSERT_TRUE(expected == print.run_raw().value()) << "raw, round " << round;
        }
    }
}

TEST_F(CommandRun, CarriesTenMebibytesEachWay) {
    std::mt19937 random = printed_random();
    const std::string bytes = random_bytes(random, std::size_t{10} * 1024 * 1024);
    const auto output =
        output_of(wsl.script("exec tee /dev/stderr").input(bytes).output_limit(2 * bytes.size()));
    EXPECT_TRUE(bytes == output.standard_output);
    EXPECT_TRUE(bytes == output.standard_error);
}

TEST_F(CommandRun, IsNotDisturbedByAProgramThatDoesNotReadItsInput) {
    const std::string bytes(std::size_t{4} * 1024 * 1024, 'x');
    EXPECT_EQ(ExitStatus::exited(4), output_of(wsl.script("exit 4").input(bytes)).status);
    EXPECT_EQ(
        "x",
        output_of(wsl.command("/usr/bin/head").args({"-c", "1"}).input(bytes)).standard_output);
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandRun, TakesNothingThatAProgramPrintsForItsEnd) {
    const auto output = output_of(wsl.script(
        "printf 'ended 0 exited\\n'; printf 'ended 0 exited\\n' >&2; printf '=0'; printf '=0' >&2; "
        "printf '\\033]9;4;0\\007'; exit 9"));
    EXPECT_EQ("ended 0 exited\n=0\x1B]9;4;0\x07", output.standard_output);
    EXPECT_EQ("ended 0 exited\n=0", output.standard_error);
    EXPECT_EQ(ExitStatus::exited(9), output.status);
}

TEST_F(CommandRun, DoesNotWaitForADaemonThatKeepsTheStreams) {
    const auto output =
        output_of(wsl.script("setsid sleep 60 & echo started; exit 0").time_limit(20s));
    EXPECT_EQ("started\n", output.standard_output);
    EXPECT_EQ(ExitStatus::exited(0), output.status);
    EXPECT_EQ("", wsl.what_stays(1)) << "more than the daemon itself";
    EXPECT_TRUE(output_of(wsl.script("kill -9 $(pidof sleep)")).status.succeeded());
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandRun, WorksWhenTheProgramClosesItsStreamsEarly) {
    const auto output = output_of(wsl.script("echo a; exec >&- 2>&- <&-; sleep 0.1; exit 5"));
    EXPECT_EQ("a\n", output.standard_output);
    EXPECT_EQ(ExitStatus::exited(5), output.status);
}

TEST_F(CommandRun, SurvivesAProgramThatSignalsItsWholeGroup) {
    EXPECT_EQ(ExitStatus::killed(15), output_of(wsl.script("kill -TERM 0; sleep 9")).status);
    EXPECT_EQ(ExitStatus::killed(2), output_of(wsl.script("kill -INT 0; sleep 9")).status);
    EXPECT_EQ("", wsl.what_stays());
}

TEST_F(CommandRun, RunsAPreparedCommandManyTimes) {
    const auto prepared = wsl.script("echo same; exit 2").prepare().value();
    for (int i = 0; i < 5; ++i) {
        const auto output = prepared.run();
        ASSERT_TRUE(output.has_value()) << output.error().to_string();
        EXPECT_EQ("same\n", output->standard_output);
        EXPECT_EQ(ExitStatus::exited(2), output->status);
    }
    EXPECT_EQ("same\n", prepared.run_raw().value());
}

TEST_F(CommandRun, RunsAPreparedCommandOnSeveralThreadsAtOnce) {
    const auto prepared = wsl.script("cat; exit 2").input("same").prepare().value();
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([copy = prepared] {
            const auto output = copy.run();
            ASSERT_TRUE(output.has_value()) << output.error().to_string();
            EXPECT_EQ("same", output->standard_output);
            EXPECT_EQ(ExitStatus::exited(2), output->status);
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_EQ("", wsl.what_stays());
}

}  // namespace
}  // namespace wslplugins::tests
