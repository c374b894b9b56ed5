# How our own code is compiled. Interface targets, so that a consumer who embeds us inherits nothing.
add_library(kondor_flags INTERFACE)
target_compile_options(kondor_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
  $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety>
  # g++ 12 sees overlaps in `"literal" + std::string` that are not there (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<BOOL:${KONDOR_WARNINGS_AS_ERRORS}>:-Werror>)
if(KONDOR_SANITIZE)
  # For everything, the test libraries included: half-instrumented programs report nonsense.
  add_compile_options(-fsanitize=${KONDOR_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${KONDOR_SANITIZE})
endif()

# kondor_room(NAME [HEADERS public...] [SOURCES ...] [LINKS public...] [USES private...])
# One library of ours: headers are found by their path from the repository's root. Its sources are
# compiled in batches, which share the headers they read and the templates they instantiate.
function(kondor_room name)
  cmake_parse_arguments(room "" "" "HEADERS;SOURCES;LINKS;USES" ${ARGN})
  add_library(${name} STATIC)
  # Of headers only, and in our sources only: whoever links us from an install tree need not have it.
  list(TRANSFORM room_USES REPLACE "^nlohmann_json::nlohmann_json$"
       "$<BUILD_INTERFACE:nlohmann_json::nlohmann_json>")
  target_sources(${name} PRIVATE ${room_SOURCES}
    PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${room_HEADERS})
  target_link_libraries(${name} PUBLIC ${room_LINKS} PRIVATE ${room_USES}
                        $<BUILD_INTERFACE:kondor_flags>)
  target_compile_features(${name} PUBLIC cxx_std_20)
  set_target_properties(${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON
    UNITY_BUILD ${KONDOR_BATCHES} UNITY_BUILD_BATCH_SIZE 16)
endfunction()
