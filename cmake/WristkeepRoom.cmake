# SPDX-License-Identifier: GPL-3.0-or-later

# wristkeep_room(<name> SOURCES … [PUBLIC <targets>] [PRIVATE <targets>] [PCH <headers>])
#
# One room of the house: a static library `wristkeep_<name>`. A room's headers are reachable as
# "<name>/x.h" through an include folder of its own, so including a room that is not in the link
# list does not compile.
function(wristkeep_room name)
  cmake_parse_arguments(room "" "" "SOURCES;PUBLIC;PRIVATE;PCH" ${ARGN})
  set(target wristkeep_${name})
  set(door "${CMAKE_BINARY_DIR}/rooms/${name}")
  file(MAKE_DIRECTORY "${door}")
  file(CREATE_LINK "${CMAKE_SOURCE_DIR}/src/${name}" "${door}/${name}" COPY_ON_ERROR SYMBOLIC)
  add_library(${target} STATIC ${room_SOURCES})
  target_include_directories(${target} PUBLIC "${door}")
  target_link_libraries(${target} PUBLIC wristkeep_settings ${room_PUBLIC} PRIVATE ${room_PRIVATE})
  if(WRISTKEEP_JOIN)
    # Most of a compiler's time, and of clang-tidy's, goes into Qt's headers: once for eight files instead of each.
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
    # To g++ the joined files look like headers, whose unnamed namespaces would be a mistake.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  endif()
  if(room_PCH)
    target_precompile_headers(${target} PRIVATE ${room_PCH})
  endif()
endfunction()

# wristkeep_test(<name> SOURCES … LINKS … [LABELS …] [TIMEOUT s])
#
# One QTest program, registered with ctest under <name>, run offscreen under a foreign locale and zone. One that
# skips everything counts as skipped, not as passed.
function(wristkeep_test name)
  cmake_parse_arguments(test "" "TIMEOUT" "SOURCES;LINKS;LABELS;ARGS" ${ARGN})
  if(NOT test_TIMEOUT)
    set(test_TIMEOUT 120)
  endif()
  add_executable(${name} ${test_SOURCES})
  target_link_libraries(${name} PRIVATE wristkeep_settings Qt6::Test ${test_LINKS})
  target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
  target_compile_definitions(${name} PRIVATE
    WRISTKEEP_FIXTURES="${CMAKE_SOURCE_DIR}/tests/fixtures"
    WRISTKEEP_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
  add_test(NAME ${name} COMMAND ${name} ${test_ARGS})
  set_tests_properties(${name} PROPERTIES
    TIMEOUT ${test_TIMEOUT}
    LABELS "${test_LABELS}"
    SKIP_RETURN_CODE 77
    SKIP_REGULAR_EXPRESSION "SKIP +: [A-Za-z]+::initTestCase\\(\\)"
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=de_DE.UTF-8;TZ=Pacific/Chatham;ASAN_OPTIONS=detect_leaks=1:abort_on_error=0;UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1")
endfunction()
