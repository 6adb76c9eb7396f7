# SPDX-License-Identifier: MIT
<#
.SYNOPSIS
    Takes the example plugin all the way on Windows, against the real WSL: builds, signs, trusts, registers, restarts
    the service, starts a distribution, shows what the plugin logged, and puts everything back.
.DESCRIPTION
    Stops every running distribution of every user, twice, because WSL loads plugins only when its service starts.
    Needs an elevated PowerShell 7, Visual Studio 2022 with C++ (from its developer prompt), CMake, vcpkg
    (VCPKG_ROOT), and WSL with a distribution. Not yet run: see docs/windows.md.
.PARAMETER Yes
    Does not ask before the service is stopped.
#>
[CmdletBinding()]
param([switch] $Yes)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

$plugin = 'minimal'
$repository = Split-Path -Parent $PSScriptRoot
$build = Join-Path $repository 'build\msvc'
$demo = Join-Path $repository 'build\demo'
$started = Get-Date

function Step([string] $What) {
    Write-Host ("`n==> [{0,3:N0} s] {1}" -f ((Get-Date) - $started).TotalSeconds, $What)
}

function Restart-Wsl {
    Stop-Service -Name WslService -Force
    Start-Service -Name WslService
}

# Runs a program while reading the debug output of session 0, where the service lives. Answers the lines that were
# written by a plugin of this framework.
function Invoke-WithDebugOutput([string] $Program, [string[]] $Arguments) {
    $bufferReady = [Threading.EventWaitHandle]::new($false, 'AutoReset', 'Global\DBWIN_BUFFER_READY')
    $dataReady = [Threading.EventWaitHandle]::new($false, 'AutoReset', 'Global\DBWIN_DATA_READY')
    $map = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateOrOpen('Global\DBWIN_BUFFER', 4096)
    $view = $map.CreateViewAccessor()
    try {
        $process = Start-Process -FilePath $Program -ArgumentList $Arguments -NoNewWindow -PassThru
        $lines = [Collections.Generic.List[string]]::new()
        do {
            $ended = $process.HasExited
            [void] $bufferReady.Set()
            while ($dataReady.WaitOne(200)) {
                $bytes = [byte[]]::new(4092)
                [void] $view.ReadArray(4, $bytes, 0, $bytes.Length)
                $length = [Array]::IndexOf($bytes, [byte] 0)
                $lines.Add([Text.Encoding]::UTF8.GetString($bytes, 0, $length).TrimEnd())
                [void] $bufferReady.Set()
            }
        } until ($ended)
        if ($process.ExitCode -ne 0) { throw "$Program ended with exit code $($process.ExitCode)." }
        $lines | Where-Object { $_.StartsWith($plugin) }
    } finally {
        $view.Dispose()
        $map.Dispose()
    }
}

$identity = [Security.Principal.WindowsPrincipal] [Security.Principal.WindowsIdentity]::GetCurrent()
if (-not $identity.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
    throw 'scripts/demo.ps1 registers a plugin for the whole machine: start it from an elevated PowerShell.'
}
if (-not $Yes -and -not $PSCmdlet.ShouldContinue('Every running distribution of every user stops.', 'Restart WSL twice?')) {
    exit 3
}

Step 'Building the tool and the plugin'
cmake -S $repository --preset msvc "-DCMAKE_TOOLCHAIN_FILE=$env:VCPKG_ROOT\scripts\buildsystems\vcpkg.cmake"
cmake --build $build --config Release --target wslplugin $plugin
$wslplugin = Join-Path $build 'bin\Release\wslplugin.exe'

Step 'Signing a copy of the DLL with a throwaway development certificate'
[void] (New-Item -ItemType Directory -Force $demo)
$dll = Join-Path $demo "$plugin.dll"
Copy-Item (Join-Path $build "examples\$plugin\Release\$plugin.dll") $dll
& $wslplugin sign $dll --certificate-folder "$demo\certificate"

try {
    Step 'Trusting the certificate, registering the plugin and restarting WSL'
    & $wslplugin trust --certificate-folder "$demo\certificate"
    & $wslplugin register --force --dev $plugin $dll
    & $wslplugin list
    Restart-Wsl

    Step "Running 'wsl.exe echo' and 'wsl.exe --shutdown'"
    $log = @(Invoke-WithDebugOutput 'wsl.exe' @('echo', 'hello from the distribution'))
    $log += @(Invoke-WithDebugOutput 'wsl.exe' @('--shutdown'))
} finally {
    Step 'Unregistering, restarting WSL and taking the trust away'
    & $wslplugin unregister $plugin
    Restart-Wsl
    & $wslplugin untrust --certificate-folder "$demo\certificate"
}

Step 'What the plugin logged'
$log | ForEach-Object { Write-Host "    $_" }
if (-not ($log -match 'Linux version')) { throw "The plugin did not log the virtual machine's kernel version." }
