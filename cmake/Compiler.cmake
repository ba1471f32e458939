# How every target of the project is compiled and linked.

add_library(bursar_compile_options INTERFACE)
target_compile_options(bursar_compile_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Werror)

# GCC takes a source file that a unity build includes for a header, and warns of
# what is private to it.
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(bursar_compile_options INTERFACE
    -Wno-subobject-linkage)
endif()

# GCC 12 reports plain concatenations of strings (its bug 105651), optionals and
# variants falsely where it optimizes, as it does under the sanitizers too.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND
    (CMAKE_BUILD_TYPE STREQUAL "Release" OR BURSAR_SANITIZE))
  target_compile_options(bursar_compile_options INTERFACE
    -Wno-restrict -Wno-maybe-uninitialized)
endif()

# Line tables are enough for a back trace, and link much faster than all of -g.
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG -fstack-protector-strong -D_FORTIFY_SOURCE=2")

if(BURSAR_SANITIZE)
  add_compile_options(-fsanitize=${BURSAR_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all -O1)
  add_link_options(-fsanitize=${BURSAR_SANITIZE})
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

find_program(LLD ld.lld)
if(LLD)
  add_link_options(-fuse-ld=lld)
endif()

include_directories(${PROJECT_SOURCE_DIR})
