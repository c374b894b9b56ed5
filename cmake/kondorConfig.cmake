# find_package(kondor [COMPONENTS client budget mock_server]): kondor::client and whatever else was
# installed. Our libraries are static, so that what they are built on has to be found here, too; of a
# component that was not asked for it is only looked for.
include(CMakeFindDependencyMacro)

macro(kondor_need component package)
  if("${component}" IN_LIST kondor_FIND_COMPONENTS)
    find_dependency(${package} ${ARGN})
  else()
    find_package(${package} QUIET ${ARGN})
  endif()
endmacro()

find_dependency(Threads)
find_dependency(PkgConfig)
if(NOT TARGET PkgConfig::HTTPLIB)
  pkg_check_modules(HTTPLIB QUIET IMPORTED_TARGET cpp-httplib)
endif()
if(NOT TARGET PkgConfig::HTTPLIB)
  set(kondor_FOUND FALSE)
  set(kondor_NOT_FOUND_MESSAGE "kondor::client is built on cpp-httplib: install libcpp-httplib-dev")
  return()
endif()
if(NOT TARGET PkgConfig::HIREDIS)
  pkg_check_modules(HIREDIS QUIET IMPORTED_TARGET hiredis)
endif()
kondor_need(mock_server OpenSSL)
kondor_need(mock_server ZLIB)

include(${CMAKE_CURRENT_LIST_DIR}/kondorTargets.cmake)

foreach(component IN LISTS kondor_FIND_COMPONENTS)
  if(TARGET kondor::${component} AND
     NOT (component STREQUAL budget AND NOT TARGET PkgConfig::HIREDIS))
    set(kondor_${component}_FOUND TRUE)
  elseif(kondor_FIND_REQUIRED_${component})
    set(kondor_FOUND FALSE)
    set(kondor_NOT_FOUND_MESSAGE
        "there is no kondor::${component}, or what it is built on (for budget: libhiredis-dev)")
  endif()
endforeach()
