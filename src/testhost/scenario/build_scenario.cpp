// SPDX-License-Identifier: MIT
#include "testhost/scenario/build_scenario.hpp"

#include "platform/dynamic_library.hpp"
#include "platform/paths.hpp"
#include "testhost/faults/fault_keys.hpp"
#include "testhost/scenario/check_steps.hpp"

#include <algorithm>
#include <utility>

namespace wslplugins::testhost {
namespace {

/// Distributions without an id get this one, with their number in its last byte.
constexpr abi::GUID first_distribution_id{
    0x6C1B5B0E, 0x2D4F, 0x4A7B, {0x8E, 0x35, 0x91, 0x0D, 0xC7, 0x4A, 0x00, 0x00}};

/// Everything below has been checked: each key is of the type that its row says.
class Builder {
public:
    explicit Builder(const std::filesystem::path& folder) noexcept : folder_(folder) {}

    std::expected<Scenario, JsonFault> build(const JsonValue& json) {
        Scenario scenario;
        scenario.name = text(json, "name");
        scenario.description = text(json, "description");
        scenario.plugins = plugins(json);
        scenario.repeat = static_cast<int>(number(json, "repeat").value_or(1));
        scenario.seed = number(json, "seed");
        scenario.steps = steps(*json.find("steps"));
        if (const JsonValue* const environment = json.find("environment")) {
            for (std::size_t i = 0; i < environment->keys.size(); ++i) {
                scenario.environment[environment->keys[i].name] = environment->items[i].text;
            }
        }
        if (const JsonValue* const expect = json.find("expect")) {
            scenario.canonical_journal = path(*expect, "canonical_journal");
        }
        if (auto fault = add_service(json, scenario); fault) {
            return std::unexpected(std::move(*fault));
        }
        if (auto fault = add_distributions(json, scenario); fault) {
            return std::unexpected(std::move(*fault));
        }
        if (auto fault = add_faults(json, scenario); fault) {
            return std::unexpected(std::move(*fault));
        }
        if (auto fault = add_answers(json, scenario); fault) {
            return std::unexpected(std::move(*fault));
        }
        return scenario;
    }

private:
    static std::string text(const JsonValue& json, std::string_view key) {
        const JsonValue* const value = json.find(key);
        return value == nullptr ? std::string() : value->text;
    }

    static std::optional<std::int64_t> number(const JsonValue& json, std::string_view key) {
        const JsonValue* const value = json.find(key);
        return value == nullptr ? std::nullopt : std::optional(value->number);
    }

    static bool flag(const JsonValue& json, std::string_view key) {
        const JsonValue* const value = json.find(key);
        return value != nullptr && value->flag;
    }

    static std::vector<std::string> texts(const JsonValue& list) {
        std::vector<std::string> all;
        for (const JsonValue& item : list.items) {
            all.push_back(item.text);
        }
        return all;
    }

    [[nodiscard]] std::filesystem::path from_file(const std::string& text) const {
        return (folder_ / platform::path_from_utf8(text)).lexically_normal();
    }

    [[nodiscard]] std::string path(const JsonValue& json, std::string_view key) const {
        const JsonValue* const value = json.find(key);
        return value == nullptr ? std::string() : platform::utf8_from_path(from_file(value->text));
    }

    [[nodiscard]] std::vector<PluginRegistration> plugins(const JsonValue& json) const {
        std::vector<PluginRegistration> all;
        const JsonValue* const list = json.find("plugins");
        for (const JsonValue& item : list == nullptr ? std::vector<JsonValue>() : list->items) {
            std::filesystem::path file = from_file(text(item, "path"));
            if (platform::utf8_from_path(file.filename()).find('.') == std::string::npos) {
                file += platform::library_suffix;
            }
            all.push_back({text(item, "name"), platform::utf8_from_path(file), true});
        }
        return all;
    }

    static std::optional<JsonFault> add_service(const JsonValue& json, Scenario& scenario) {
        const JsonValue* const service = json.find("service");
        if (service == nullptr) {
            return std::nullopt;
        }
        if (const JsonValue* const version = service->find("version")) {
            const auto parsed = Version::parse(version->text);
            if (!parsed) {
                return JsonFault{version->place,
                                 '\'' + version->text + "' is not a version of WSL, such as 2.4.4"};
            }
            scenario.version = *parsed;
        }
        if (const JsonValue* const signatures = service->find("signatures")) {
            scenario.signature_check = signatures->text == "official" ? SignatureCheck::Official
                                                                      : SignatureCheck::Unofficial;
        }
        scenario.host_model =
            text(*service, "model") == "own-process" ? HostModel::OwnProcess : HostModel::InService;
        scenario.backend =
            text(*service, "backend") == "scripted" ? Backend::Scripted : Backend::Guest;
        scenario.strict = flag(*service, "strict");
        return std::nullopt;
    }

    [[nodiscard]] std::optional<JsonFault> add_distributions(const JsonValue& json,
                                                             Scenario& scenario) const {
        const JsonValue* const list = json.find("distributions");
        for (const JsonValue& item : list == nullptr ? std::vector<JsonValue>() : list->items) {
            abi::GUID own_id = first_distribution_id;
            own_id.Data4[7] = static_cast<std::uint8_t>(scenario.distributions.size() + 1);
            DistributionOptions distribution;
            distribution.name = text(item, "name");
            distribution.id = Guid(own_id);
            distribution.package_family_name = text(item, "package_family_name");
            distribution.wsl_version = static_cast<int>(number(item, "wsl_version").value_or(2));
            distribution.user = text(item, "user");
            distribution.root = path(item, "root");
            distribution.flavor = text(item, "flavor");
            distribution.os_version = text(item, "os_version");
            if (const JsonValue* const id = item.find("id")) {
                const auto parsed = Guid::parse(id->text);
                if (!parsed) {
                    return JsonFault{id->place, '\'' + id->text + "' is not a GUID"};
                }
                distribution.id = *parsed;
            }
            scenario.distributions.push_back(std::move(distribution));
        }
        return std::nullopt;
    }

    static std::optional<JsonFault> add_faults(const JsonValue& json, Scenario& scenario) {
        const JsonValue* const list = json.find("faults");
        for (const JsonValue& item : list == nullptr ? std::vector<JsonValue>() : list->items) {
            std::vector<FaultField> fields;
            std::vector<std::size_t> places;  // of the fields, in the object
            for (std::size_t i = 0; i < item.keys.size(); ++i) {
                const JsonValue& value = item.items[i];
                if (item.keys[i].name != "kind") {
                    fields.push_back({item.keys[i].name,
                                      value.kind == JsonKind::Number ? std::to_string(value.number)
                                                                     : value.text});
                    places.push_back(i);
                }
            }
            const auto fault = make_fault(text(item, "kind"), fields);
            if (!fault) {
                const BadFaultField& bad = fault.error();
                const bool is_whole = bad.field == BadFaultField::kind;
                const std::size_t field = is_whole ? 0 : places[bad.field];
                return JsonFault{is_whole          ? item.place
                                 : bad.is_in_value ? item.items[field].place
                                                   : item.keys[field].place,
                                 bad.sentence};
            }
            scenario.faults.push_back(*fault);
        }
        return std::nullopt;
    }

    static ScenarioAnswer answer(const JsonValue& json) {
        ScenarioAnswer all;
        all.path = text(json, "path");
        if (const JsonValue* const arguments = json.find("arguments")) {
            all.arguments = texts(*arguments);
        }
        all.distribution = text(json, "distribution");
        if (const JsonValue* const user = json.find("user")) {
            all.user = user->text;
        }
        all.answer.output = text(json, "output");
        all.answer.error_output = text(json, "error_output");
        all.answer.exit_code = static_cast<int>(number(json, "exit_code").value_or(0));
        all.answer.signal = static_cast<int>(number(json, "signal").value_or(0));
        all.answer.is_executable = !flag(json, "missing");
        all.answer.lasts = flag(json, "lasts");
        return all;
    }

    /// Where nothing is scripted, nobody asks for answers: they were meant for another backend.
    static std::optional<JsonFault> add_answers(const JsonValue& json, Scenario& scenario) {
        for (const std::string_view key : {"answers", "missing_folders"}) {
            const JsonValue* const list = json.find(key);
            if (list != nullptr && scenario.backend != Backend::Scripted) {
                return JsonFault{list->place,
                                 '"' + std::string(key) +
                                     "\" needs the scripted backend: \"service\": {\"backend\": "
                                     "\"scripted\"}"};
            }
        }
        if (const JsonValue* const folders = json.find("missing_folders")) {
            scenario.missing_folders = texts(*folders);
        }
        const JsonValue* const list = json.find("answers");
        for (const JsonValue& item : list == nullptr ? std::vector<JsonValue>() : list->items) {
            const JsonValue* const where = item.find("distribution");
            if (where != nullptr &&
                std::ranges::find(scenario.distributions,
                                  where->text,
                                  &DistributionOptions::name) == scenario.distributions.end()) {
                return JsonFault{where->place,
                                 "this file has no distribution '" + where->text + '\''};
            }
            scenario.answers.push_back(answer(item));
        }
        return std::nullopt;
    }

    static ScenarioExpectation expectation(const JsonValue& json) {
        ScenarioExpectation expect;
        expect.exit_code = static_cast<int>(number(json, "exit_code").value_or(0));
        if (const JsonValue* const output = json.find("output")) {
            expect.output = output->text;
        }
        if (const JsonValue* const parts = json.find("output_contains")) {
            expect.output_contains = texts(*parts);
        }
        if (const JsonValue* const hooks = json.find("hooks")) {
            expect.hooks = texts(*hooks);
        }
        return expect;
    }

    [[nodiscard]] ScenarioValue value(const JsonValue& json, const Key& key) const {
        switch (key.type) {
            case KeyType::Flag: return json.flag;
            case KeyType::Number: return json.number;
            case KeyType::Texts: return texts(json);
            case KeyType::Path: return platform::utf8_from_path(from_file(json.text));
            default: return json.text;
        }
    }

    [[nodiscard]] std::vector<ScenarioStep> steps(const JsonValue& list) const {
        std::vector<ScenarioStep> all;
        for (const JsonValue& item : list.items) {
            ScenarioStep step;
            step.action = text(item, "step");
            step.user = text(item, "user");
            step.thread = text(item, "thread");
            step.line = item.place.line;
            if (const JsonValue* const expect = item.find("expect")) {
                step.expect = expectation(*expect);
            }
            for (const Key& key : find_step(step.action)->keys) {
                const JsonValue* const given = item.find(key.name);
                if (given != nullptr && key.type == KeyType::Steps) {
                    step.steps = steps(*given);
                } else if (given != nullptr) {
                    step.values.emplace(key.name, value(*given, key));
                }
            }
            all.push_back(std::move(step));
        }
        return all;
    }

    const std::filesystem::path& folder_;
};

}  // namespace

std::expected<Scenario, JsonFault> build_scenario(const JsonValue& json,
                                                  const std::filesystem::path& folder) {
    if (json.kind != JsonKind::Object) {
        return std::unexpected(JsonFault{json.place, "a scenario must be an object"});
    }
    if (auto fault = check_object(json, scenario_keys)) {
        return std::unexpected(std::move(*fault));
    }
    if (auto fault = check_steps(*json.find("steps"), StepPlace::InOrder)) {
        return std::unexpected(std::move(*fault));
    }
    return Builder(folder).build(json);
}

std::filesystem::path folder_of(std::string_view file) {
    std::error_code error;
    const std::filesystem::path path = platform::path_from_utf8(file);
    const std::filesystem::path whole = std::filesystem::absolute(path, error);
    return (error ? path : whole).parent_path();
}

std::unexpected<Error> fault_in(std::string_view file, const JsonFault& fault) {
    return failure(HResult::invalid_data,
                   std::string(file) + ':' + std::to_string(fault.place.line) + ':' +
                       std::to_string(fault.place.column) + ": " + fault.sentence);
}

WinResult<Scenario> parse_scenario(std::string_view text, std::string_view file) {
    const auto json = read_json(text);
    if (!json) {
        return fault_in(file, json.error());
    }
    auto scenario = build_scenario(*json, folder_of(file));
    if (!scenario) {
        return fault_in(file, scenario.error());
    }
    return std::move(*scenario);
}

}  // namespace wslplugins::testhost
