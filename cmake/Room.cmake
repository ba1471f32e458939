# bursar_room(NAME SOURCES... DEPENDS...): a static library, one for each room.
# What a room may include it must name under DEPENDS.
function(bursar_room name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ${ARG_DEPENDS}
    PRIVATE bursar_compile_options)
endfunction()

# bursar_program(NAME SOURCES... DEPENDS...): an executable in the build's bin/.
function(bursar_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPENDS} bursar_compile_options)
endfunction()

# bursar_test(NAME SOURCES... DEPENDS... [TIMEOUT seconds]): a GoogleTest binary
# that ctest runs.
function(bursar_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPENDS" ${ARGN})
  bursar_program(${name} SOURCES ${ARG_SOURCES}
    DEPENDS ${ARG_DEPENDS} GTest::gmock_main)
  add_test(NAME ${name} COMMAND ${name})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT})
endfunction()
