# What `cmake --install` puts where: programs, libraries with their public headers, and the package
# that find_package(kondor) finds. Headers keep their paths, so that #include lines are the same.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(kondor_rooms kondor_base kondor_limiter kondor_client kondor_budget
                 kondor_http kondor_ledger kondor_mock_server)
foreach(room IN LISTS kondor_rooms)
  if(NOT TARGET ${room})
    continue()
  endif()
  string(REPLACE kondor_ "" export_name ${room})
  set_target_properties(${room} PROPERTIES EXPORT_NAME ${export_name})
  install(TARGETS ${room} EXPORT kondor
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
    FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/kondor)
endforeach()
set_target_properties(kondor_httplib PROPERTIES EXPORT_NAME httplib)
install(TARGETS kondor_httplib EXPORT kondor)

foreach(program kondor-mock kondor-call kondor-bench kondor-check)
  if(TARGET ${program})
    install(TARGETS ${program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  endif()
endforeach()

set(kondor_package ${CMAKE_INSTALL_LIBDIR}/cmake/kondor)
install(EXPORT kondor NAMESPACE kondor:: FILE kondorTargets.cmake DESTINATION ${kondor_package})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/kondorConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_SOURCE_DIR}/cmake/kondorConfig.cmake
              ${PROJECT_BINARY_DIR}/kondorConfigVersion.cmake
        DESTINATION ${kondor_package})
