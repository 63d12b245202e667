# SPDX-License-Identifier: GPL-3.0-or-later
# One INTERFACE target that carries every strict setting, so that no room can forget one.
add_library(wristkeep_settings INTERFACE)
target_compile_features(wristkeep_settings INTERFACE cxx_std_20)
target_compile_definitions(wristkeep_settings INTERFACE
  QT_NO_KEYWORDS
  QT_NO_CAST_FROM_ASCII
  QT_NO_CAST_TO_ASCII
  QT_NO_URL_CAST_FROM_STRING
  QT_NO_CAST_FROM_BYTEARRAY
  QT_STRICT_ITERATORS
  QT_NO_FOREACH
  QT_DISABLE_DEPRECATED_BEFORE=0x060400
  QT_MESSAGELOGCONTEXT
  WRISTKEEP_VERSION="${PROJECT_VERSION}")
if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
  target_compile_options(wristkeep_settings INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -fno-omit-frame-pointer>)
  if(WRISTKEEP_WERROR)
    target_compile_options(wristkeep_settings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Werror>)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # ccache can only cache a build with a precompiled header when the compiler keeps its macros.
    target_compile_options(wristkeep_settings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
  endif()
endif()
if(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
  # What people install gets what Debian gives its own packages, and tells nobody where it was built.
  target_compile_options(wristkeep_settings INTERFACE
    "$<$<AND:$<CONFIG:Release>,$<COMPILE_LANGUAGE:CXX>>:-fstack-protector-strong;-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2;-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=>")
  # What is not in the program need not be in memory: -O3 and unused functions cost a fifth of its size.
  target_compile_options(wristkeep_settings INTERFACE
    "$<$<AND:$<CONFIG:Release>,$<COMPILE_LANGUAGE:CXX>>:-O2;-ffunction-sections;-fdata-sections>")
  target_link_options(wristkeep_settings INTERFACE
    "$<$<CONFIG:Release>:-Wl,-z,relro,-z,now,--gc-sections,--as-needed>")
endif()
if(WRISTKEEP_SANITIZE)
  target_compile_options(wristkeep_settings INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all)
  target_link_options(wristkeep_settings INTERFACE -fsanitize=address,undefined)
endif()
if(WRISTKEEP_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "WRISTKEEP_FUZZ needs clang, which brings libFuzzer: ./dev fuzz chooses it.")
  endif()
  # Whatever a fuzzing target links tells the fuzzer which way it went.
  target_compile_options(wristkeep_settings INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(WRISTKEEP_FAIL_POINTS)
  target_compile_definitions(wristkeep_settings INTERFACE WRISTKEEP_FAIL_POINTS)
endif()
