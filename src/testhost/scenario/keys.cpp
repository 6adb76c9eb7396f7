// SPDX-License-Identifier: MIT
#include "testhost/scenario/keys.hpp"

#include "testhost/faults/fault_keys.hpp"

#include <wslplugins/testhost/scenario.hpp>

namespace wslplugins::testhost {
namespace {

using enum KeyType;

constexpr std::string_view signature_choices[] = {"official", "unofficial"};
constexpr std::string_view model_choices[] = {"in-service", "own-process"};
constexpr std::string_view backend_choices[] = {"guest", "scripted"};

template <class Slot, std::size_t Count>
constexpr std::array<std::string_view, Count> names_of(const std::array<Slot, Count>& slots) {
    std::array<std::string_view, Count> names;
    for (std::size_t i = 0; i < Count; ++i) {
        names[i] = slots[i].name;
    }
    return names;
}

constexpr auto call_choices = names_of(api_slots);
constexpr auto hook_choices = names_of(hook_slots);

constexpr Key service_rows[] = {
    {.name = "version",
     .type = Text,
     .meaning = "the version of WSL to be, such as `2.4.4`; the newest known one without"},
    {.name = "signatures",
     .type = Text,
     .meaning =
         "`official`: no plugin loads without a trusted signature, as with official builds of WSL; "
         "`unofficial`: no check. Without, the first where the platform can check",
     .choices = signature_choices},
    {.name = "model",
     .type = Text,
     .meaning = "where plugins' code runs: in the service's process, as in every release of WSL so "
                "far, or each in a process of its own; the first without",
     .choices = model_choices},
    {.name = "backend",
     .type = Text,
     .meaning =
         "`guest`: Linux programs really run; `scripted`: none does, and `answers` says what comes "
         "of "
         "them; without an answer a user's command writes nothing and ends with 0, and a plugin's "
         "fails. The first without",
     .choices = backend_choices},
    {.name = "strict",
     .type = Flag,
     .meaning = "reports what the real service would not forgive, or not notice; `false` without"},
};

constexpr Key plugin_rows[] = {
    {.name = "name",
     .type = Text,
     .meaning = "its name in the registry, as users see it",
     .is_required = true,
     .least = 1},
    {.name = "path",
     .type = Path,
     .meaning = "the library; one without an extension gets the system's own, `.dll` or `.so`",
     .is_required = true,
     .least = 1},
};

constexpr Key distribution_rows[] = {
    {.name = "name", .type = Text, .meaning = "its name", .is_required = true, .least = 1},
    {.name = "id",
     .type = Text,
     .meaning = "its GUID, with braces or without; one of its own without"},
    {.name = "package_family_name", .type = Text, .meaning = "of its package; none without"},
    {.name = "wsl_version",
     .type = Number,
     .meaning = "1 or 2; 2 without",
     .least = 1,
     .greatest = 2},
    {.name = "user",
     .type = Text,
     .meaning = "the Windows user who has it; the default user without",
     .least = 1},
    {.name = "root",
     .type = Path,
     .meaning = "the folder that is its root, which is never changed; a throwaway made of this "
                "computer's own programs without",
     .least = 1},
    {.name = "flavor",
     .type = Text,
     .meaning = "`ID` in its os-release, with the scripted backend; else what is there is read"},
    {.name = "os_version", .type = Text, .meaning = "`VERSION_ID` there; so too"},
};

constexpr Key answer_rows[] = {
    {.name = "path",
     .type = Text,
     .meaning = "the program's; of a user's command its first word",
     .is_required = true,
     .least = 1},
    {.name = "arguments",
     .type = Texts,
     .meaning = "only with exactly these, the program's own name not among them; with any without"},
    {.name = "distribution",
     .type = Text,
     .meaning = "only in the one of that name, of those of this file; anywhere without",
     .least = 1},
    {.name = "user",
     .type = Text,
     .meaning = "only as this Linux user, empty for root; as any without"},
    {.name = "output", .type = Text, .meaning = "what it writes to standard output"},
    {.name = "error_output",
     .type = Text,
     .meaning = "what it writes to standard error, which WSL passes to nobody but its log"},
    {.name = "exit_code",
     .type = Number,
     .meaning = "what it ends with; 0 without",
     .least = 0,
     .greatest = 255},
    {.name = "signal",
     .type = Number,
     .meaning = "the signal that ends it, in place of the exit code",
     .least = 1,
     .greatest = 64},
    {.name = "missing", .type = Flag, .meaning = "`true`: there is no such program"},
    {.name = "lasts",
     .type = Flag,
     .meaning = "`true`: a container's goes on until something ends it"},
};

constexpr Key fault_rows[] = {
    {.name = "kind",
     .type = Text,
     .meaning = "what goes wrong: see [faults.md](faults.md)",
     .is_required = true,
     .choices = fault_kind_names},
    {.name = "call",
     .type = Text,
     .meaning = "the call to which it happens; every one to which it can without",
     .choices = call_choices},
    {.name = "hook",
     .type = Text,
     .meaning = "the hook before which the guest dies",
     .choices = hook_choices},
    {.name = "plugin",
     .type = Text,
     .meaning = "whose calls or hooks; any plugin's without",
     .least = 1},
    {.name = "nth",
     .type = Number,
     .meaning = "only the nth of those that fit; every one without",
     .least = 1,
     .greatest = greatest_nth},
    {.name = "code",
     .type = Text,
     .meaning = "the failure, by its name or its hexadecimal digits, such as `E_ACCESSDENIED` or "
                "`0x80070005`",
     .least = 1},
    {.name = "delay_ms",
     .type = Number,
     .meaning = "how long the call or the guest's end waits, or how long it is between two bytes; "
                "0 without",
     .least = 0,
     .greatest = longest_delay_ms},
    {.name = "after_bytes",
     .type = Number,
     .meaning = "how much the socket carries to the plugin before it breaks; nothing without",
     .least = 0,
     .greatest = greatest_byte_count},
};

constexpr Key expectation_rows[] = {
    {.name = "exit_code",
     .type = Number,
     .meaning = "what the command ends with; 0 without",
     .least = (std::numeric_limits<std::int32_t>::min)(),
     .greatest = (std::numeric_limits<std::int32_t>::max)()},
    {.name = "output", .type = Text, .meaning = "all that the command prints"},
    {.name = "output_contains", .type = Texts, .meaning = "what stands in it, each of these"},
    {.name = "hooks",
     .type = Texts,
     .meaning = "the hooks called meanwhile, in order, each as `plugin OnVMStarted`; of a "
                "`parallel` group in any "
                "order, and of a step in such a group none can be told"},
};

constexpr Key run_expectation_rows[] = {
    {.name = "canonical_journal",
     .type = Path,
     .meaning = "a file with the canonical journal of one repetition, as `wslplugin run "
                "--canonical` prints it",
     .least = 1},
};

constexpr Key step_rows[] = {
    {.name = "step", .type = Text, .meaning = "what is done: see below", .is_required = true},
    {.name = "user",
     .type = Text,
     .meaning = "the Windows user who does it, by any name, in any case; the default user without",
     .least = 1},
    {.name = "thread",
     .type = Text,
     .meaning = "the thread that serves it, by any name; steps of one name run on one thread. "
                "Without, the thread "
                "that plays the scenario; in a `parallel` group one of its own",
     .least = 1},
    {.name = "expect",
     .type = Object,
     .meaning = "what is to come of it",
     .object = &expectation_keys},
};

constexpr Key scenario_rows[] = {
    {.name = "schema",
     .type = Number,
     .meaning = "1: the version of this form",
     .is_required = true,
     .least = scenario_schema,
     .greatest = scenario_schema},
    {.name = "name", .type = Text, .meaning = "what it is called", .is_required = true, .least = 1},
    {.name = "description", .type = Text, .meaning = "what it shows"},
    {.name = "service", .type = Object, .meaning = "which service", .object = &service_keys},
    {.name = "plugins",
     .type = Objects,
     .meaning = "in the order in which the registry has them. Plugins named on the command line "
                "take their place",
     .object = &plugin_keys},
    {.name = "distributions",
     .type = Objects,
     .meaning = "those registered; the first is the default. One named `Debian` without",
     .object = &distribution_keys},
    {.name = "faults",
     .type = Objects,
     .meaning = "what goes wrong on demand",
     .object = &fault_keys},
    {.name = "answers",
     .type = Objects,
     .meaning =
         "what programs do, with the scripted backend; of several that fit the last one counts",
     .object = &answer_keys},
    {.name = "missing_folders",
     .type = Texts,
     .meaning =
         "folders of Windows that `MountFolder` does not find, with the scripted backend; it "
         "finds every other one"},
    {.name = "environment",
     .type = TextMap,
     .meaning = "variables for the plugins, set while the scenario plays"},
    {.name = "seed",
     .type = Number,
     .meaning = "draws the order in which plugins are registered, and that in which parallel steps "
                "begin, anew for "
                "every repetition; as written without",
     .least = 0},
    {.name = "repeat",
     .type = Number,
     .meaning = "how often all of it is played, each time by a new service; once without",
     .least = 1,
     .greatest = 1'000'000},
    {.name = "steps",
     .type = Steps,
     .meaning = "what happens, one after the other",
     .is_required = true,
     .least = 1},
    {.name = "expect",
     .type = Object,
     .meaning = "what is to come of the whole",
     .object = &run_expectation_keys},
};

std::string in_quotes(std::string_view text) {
    return '"' + std::string(text) + '"';
}

std::string_view noun_of(JsonKind kind) noexcept {
    switch (kind) {
        case JsonKind::Null: return "null";
        case JsonKind::Flag: return "true or false";
        case JsonKind::Number: return "a number";
        case JsonKind::Text: return "a text";
        case JsonKind::List: return "a list";
        case JsonKind::Object: return "an object";
    }
    return "a value";
}

JsonKind kind_of(KeyType type) noexcept {
    switch (type) {
        case Text:
        case Path: return JsonKind::Text;
        case Flag: return JsonKind::Flag;
        case Number: return JsonKind::Number;
        case Texts:
        case Objects:
        case Steps: return JsonKind::List;
        case TextMap:
        case Object: return JsonKind::Object;
    }
    return JsonKind::Null;
}

std::optional<JsonFault> check_kind(const JsonValue& json, JsonKind kind, std::string_view what) {
    if (json.kind == kind) {
        return std::nullopt;
    }
    return JsonFault{json.place,
                     std::string(what) + " must be " + std::string(noun_of(kind)) + ", not " +
                         std::string(noun_of(json.kind))};
}

std::optional<JsonFault> check_items(const JsonValue& json, const Key& key) {
    for (const JsonValue& item : json.items) {
        const JsonKind kind = key.type == Objects ? JsonKind::Object : JsonKind::Text;
        if (auto fault = check_kind(item, kind, "each of " + in_quotes(key.name))) {
            return fault;
        }
        if (key.object != nullptr) {
            if (auto fault = check_object(item, *key.object)) {
                return fault;
            }
        }
    }
    return std::nullopt;
}

std::optional<JsonFault> check_text(const JsonValue& json, const Key& key) {
    if (static_cast<std::int64_t>(json.text.size()) < key.least) {
        return JsonFault{json.place, in_quotes(key.name) + " must not be empty"};
    }
    if (key.choices.empty()) {
        return std::nullopt;
    }
    std::string known;
    for (const std::string_view choice : key.choices) {
        if (choice == json.text) {
            return std::nullopt;
        }
        known += (known.empty() ? "" : ", ") + in_quotes(choice);
    }
    return JsonFault{json.place,
                     in_quotes(key.name) + " must be one of " + known + ", not " +
                         in_quotes(json.text)};
}

std::optional<JsonFault> check_number(const JsonValue& json, const Key& key) {
    if (json.number >= key.least && json.number <= key.greatest) {
        return std::nullopt;
    }
    const std::string least = std::to_string(key.least);
    const std::string allowed = key.least == key.greatest
                                    ? least
                                    : "between " + least + " and " + std::to_string(key.greatest);
    return JsonFault{json.place,
                     in_quotes(key.name) + " must be " + allowed + ", not " +
                         std::to_string(json.number)};
}

}  // namespace

constinit const ObjectKeys scenario_keys{"The file", "A scenario", scenario_rows};
constinit const ObjectKeys service_keys{"service", "The service that is played", service_rows};
constinit const ObjectKeys plugin_keys{"plugins", "Each plugin", plugin_rows};
constinit const ObjectKeys distribution_keys{
    "distributions", "Each distribution", distribution_rows};
constinit const ObjectKeys fault_keys{"faults", "Each fault", fault_rows};
constinit const ObjectKeys answer_keys{"answers", "Each answer", answer_rows};
constinit const ObjectKeys expectation_keys{
    "expect, of a step", "What is to come of a step", expectation_rows};
constinit const ObjectKeys run_expectation_keys{
    "expect, of the file", "What is to come of the whole", run_expectation_rows};
constinit const ObjectKeys step_keys{"steps", "Each step", step_rows};

std::optional<JsonFault> check_value(const JsonValue& json, const Key& key) {
    if (auto fault = check_kind(json, kind_of(key.type), in_quotes(key.name))) {
        return fault;
    }
    switch (key.type) {
        case Text:
        case Path: return check_text(json, key);
        case Number: return check_number(json, key);
        case Object: return check_object(json, *key.object);
        case Texts:
        case TextMap:
        case Objects: break;
        case Flag: return std::nullopt;
        case Steps: break;
    }
    if (key.least > static_cast<std::int64_t>(json.items.size())) {
        return JsonFault{json.place, in_quotes(key.name) + " must not be empty"};
    }
    return key.type == Steps ? std::nullopt : check_items(json, key);
}

std::optional<JsonFault> check_object(const JsonValue& json, const ObjectKeys& object) {
    for (std::size_t i = 0; i < json.keys.size(); ++i) {
        const Key* row = nullptr;
        std::string known;
        for (const Key& candidate : object.keys) {
            row = candidate.name == json.keys[i].name ? &candidate : row;
            known += (known.empty() ? "" : ", ") + in_quotes(candidate.name);
        }
        if (row == nullptr) {
            return JsonFault{json.keys[i].place,
                             "unknown key " + in_quotes(json.keys[i].name) + "; there are " +
                                 known};
        }
        if (auto fault = check_value(json.items[i], *row)) {
            return fault;
        }
    }
    for (const Key& row : object.keys) {
        if (row.is_required && json.find(row.name) == nullptr) {
            return JsonFault{json.place, "the key " + in_quotes(row.name) + " is missing"};
        }
    }
    return std::nullopt;
}

}  // namespace wslplugins::testhost
