# SPDX-License-Identifier: MIT
<#
.SYNOPSIS
    Builds everything with MSVC and runs the tests.
.DESCRIPTION
    Needs Visual Studio 2022 with C++ (from its developer prompt), CMake and vcpkg (VCPKG_ROOT). Tests that start
    a virtual machine need the guest, a Linux program, and are expected to fail here. Not yet run: see docs/windows.md.
#>
[CmdletBinding()]
param([ValidateSet('Debug', 'Release')] [string] $Configuration = 'Release')

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

$repository = Split-Path -Parent $PSScriptRoot
$build = Join-Path $repository 'build\msvc'

Write-Host '==> Building'
cmake -S $repository --preset msvc "-DCMAKE_TOOLCHAIN_FILE=$env:VCPKG_ROOT\scripts\buildsystems\vcpkg.cmake"
cmake --build $build --config $Configuration

Write-Host '==> Testing'
ctest --test-dir $build --build-config $Configuration --output-on-failure --no-tests=error
