# SPDX-License-Identifier: GPL-3.0-or-later
# Language level, warnings and hardening that every target of ours gets through the interface target `infra_compiler`.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_AUTOMOC ON)
set(CMAKE_AUTORCC ON)
# No module reads generated headers of another, so moc need not wait for the libraries it links.
set(CMAKE_AUTOGEN_ORIGIN_DEPENDS OFF)
set(CMAKE_OPTIMIZE_DEPENDENCIES ON)

find_program(INFRA_CCACHE ccache)
if(INFRA_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${INFRA_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${INFRA_CCACHE})
endif()

add_library(infra_compiler INTERFACE)
target_include_directories(infra_compiler INTERFACE ${CMAKE_SOURCE_DIR})
# See the header: an assertion of Qt 6.4 that its own release builds do not have.
target_compile_options(infra_compiler INTERFACE "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-include ${CMAKE_SOURCE_DIR}/cmake/future_context.h>")
# Paths in logs and assertions are relative to the source folder, so that no build machine leaks into a package.
target_compile_options(infra_compiler INTERFACE -fmacro-prefix-map=${CMAKE_SOURCE_DIR}/=)
target_compile_options(infra_compiler INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Wnon-virtual-dtor
  -Woverloaded-virtual -Werror>)
# Two warnings of GCC that are about its own inlining, not about our code: std::string::replace taken for an overlapping
# copy (its bug 105651, mended in 13), and the value of an empty std::optional taken for read before it was set (with
# optimisation or sanitizers). Clang's and the sanitizers' checks of the same stay.
target_compile_options(infra_compiler INTERFACE
  $<$<AND:$<COMPILE_LANG_AND_ID:CXX,GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-maybe-uninitialized>)
target_compile_definitions(infra_compiler INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
  QT_NO_FOREACH QT_STRICT_ITERATORS QT_USE_QSTRINGBUILDER QT_MESSAGELOGCONTEXT)
if(INFRA_UNITY)
  # A unity file includes sources, and GCC takes them for headers.
  target_compile_options(infra_compiler INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release" OR CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  target_compile_options(infra_compiler INTERFACE -D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong)
  target_link_options(infra_compiler INTERFACE -Wl,-z,relro,-z,now)
endif()

set(INFRA_SANITIZE "" CACHE STRING "address (with undefined) or thread")
if(INFRA_SANITIZE STREQUAL "address")
  target_compile_options(infra_compiler INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  target_link_options(infra_compiler INTERFACE -fsanitize=address,undefined)
elseif(INFRA_SANITIZE STREQUAL "thread")
  target_compile_options(infra_compiler INTERFACE -fsanitize=thread -fno-omit-frame-pointer)
  target_link_options(infra_compiler INTERFACE -fsanitize=thread)
endif()
if(INFRA_FUZZ)
  target_compile_options(infra_compiler INTERFACE -fsanitize=fuzzer-no-link,address)
  target_link_options(infra_compiler INTERFACE -fsanitize=address)
endif()
option(INFRA_COVERAGE "gcov instrumentation" OFF)
if(INFRA_COVERAGE)
  target_compile_options(infra_compiler INTERFACE --coverage -fprofile-update=atomic)
  target_link_options(infra_compiler INTERFACE --coverage)
endif()
find_program(INFRA_MOLD mold)
if(INFRA_MOLD AND NOT INFRA_COVERAGE)
  add_link_options(-fuse-ld=mold)
endif()
