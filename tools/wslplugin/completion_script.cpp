// SPDX-License-Identifier: MIT
#include "completion_script.hpp"

#include <string_view>

namespace wslplugins::tool {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text.append(text.empty() ? "" : " ").append(word);
    }
    return text;
}

std::string names_of(const std::vector<CompletedOption>& options) {
    std::vector<std::string> names;
    names.reserve(options.size());
    for (const CompletedOption& option : options) {
        names.push_back(option.name);
    }
    return joined(names);
}

/// One line a command: what is known of it, by `name:what` as the key. Names have neither quotes nor `$`.
template <class AddLine>
void add_table(const std::vector<CompletedCommand>& commands, const AddLine& add_line) {
    for (const CompletedCommand& command : commands) {
        add_line(command.name + ":options", names_of(command.options));
        add_line(command.name + ":words", joined(command.words));
        for (const CompletedOption& option : command.options) {
            if (option.takes_value) {
                add_line(command.name + ":" + option.name, joined(option.values));
            }
        }
    }
}

constexpr std::string_view bash_begin =
    R"script(# wslplugin, for bash: made by `wslplugin completion bash`.
_wslplugin() {
    local -A known=(
)script";

constexpr std::string_view bash_end = R"script(    )
    local word=${COMP_WORDS[COMP_CWORD]} command= before= wanted= index
    for ((index = 1; index < COMP_CWORD; index++)); do
        # What stands behind '--' is a command's of its own.
        [[ ${COMP_WORDS[index]} == -- ]] && return
        [[ -z $command && -n ${known[${COMP_WORDS[index]}:options]+set} ]] && command=${COMP_WORDS[index]}
        before=${COMP_WORDS[index]}
    done
    # Bash makes '=' a word of its own.
    if [[ $word == '=' ]]; then
        word=
    elif [[ $before == '=' ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    if [[ $before == -* && -n ${known[$command:$before]+set} ]]; then
        wanted=${known[$command:$before]}
    elif [[ $word == -* ]]; then
        wanted=${known[$command:options]}
    else
        wanted=${known[$command:words]}
    fi
    mapfile -t COMPREPLY < <(compgen -W "$wanted" -- "$word")
}
complete -o bashdefault -o default -F _wslplugin wslplugin
)script";

constexpr std::string_view powershell_begin =
    R"script(# wslplugin, for PowerShell: made by `wslplugin completion powershell`.
Register-ArgumentCompleter -Native -CommandName wslplugin -ScriptBlock {
    param($word, $line, $position)
    $known = @{
)script";

constexpr std::string_view powershell_end = R"script(    }
    $words = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { "$_" })
    if ($words -contains '--') { return }
    $command = $words | Select-Object -Skip 1 | Where-Object { $known.ContainsKey("${_}:options") } | Select-Object -First 1
    $before = if ($words.Count -gt 1) { $words[-1] } else { '' }
    $wanted = if ($before -like '-*' -and $known.ContainsKey("${command}:$before")) { $known["${command}:$before"] }
        elseif ($word -like '-*') { $known["${command}:options"] }
        else { $known["${command}:words"] }
    -split $wanted | Where-Object { $_ -and $_ -like "$word*" } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
}
)script";

}  // namespace

std::string bash_completion(const std::vector<CompletedCommand>& commands) {
    std::string script(bash_begin);
    add_table(commands, [&script](const std::string& key, const std::string& words) {
        script.append("        ['").append(key).append("']='").append(words).append("'\n");
    });
    return script.append(bash_end);
}

std::string powershell_completion(const std::vector<CompletedCommand>& commands) {
    std::string script(powershell_begin);
    add_table(commands, [&script](const std::string& key, const std::string& words) {
        script.append("        '").append(key).append("' = '").append(words).append("'\n");
    });
    return script.append(powershell_end);
}

}  // namespace wslplugins::tool
