# What we build on. All of it is in Debian 12; ./dev installs it.
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(spdlog REQUIRED)
find_package(PkgConfig REQUIRED)

# Its CMake package, as Debian has it, names files that are not there; its .pc file is in order.
pkg_check_modules(HIREDIS REQUIRED IMPORTED_TARGET hiredis)

# cpp-httplib: the flags of its .pc file are part of its binary interface, so they come from there.
add_library(kondor_httplib INTERFACE)
if(KONDOR_HTTPLIB_INCLUDE_DIR)
  target_include_directories(kondor_httplib SYSTEM INTERFACE
    $<BUILD_INTERFACE:${KONDOR_HTTPLIB_INCLUDE_DIR}>)
  target_link_libraries(kondor_httplib INTERFACE Threads::Threads)
else()
  pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)
  target_link_libraries(kondor_httplib INTERFACE PkgConfig::HTTPLIB Threads::Threads)
endif()
