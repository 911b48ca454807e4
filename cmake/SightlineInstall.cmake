# make install: executable, library, public headers, shipped data, and the package configuration
# that find_package(sightline) reads.
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/sightline)
install(
  TARGETS sightline
  EXPORT sightline_targets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(
  EXPORT sightline_targets
  NAMESPACE sightline::
  DESTINATION ${package_folder})
install(DIRECTORY include/sightline DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY data/ DESTINATION ${CMAKE_INSTALL_DATADIR}/sightline/data)
install(DIRECTORY recipes DESTINATION ${CMAKE_INSTALL_DATADIR}/sightline)
install(DIRECTORY models/default DESTINATION ${CMAKE_INSTALL_DATADIR}/sightline/models)

configure_package_config_file(
  cmake/sightlineConfig.cmake.in ${PROJECT_BINARY_DIR}/sightlineConfig.cmake
  INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/sightlineConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/sightlineConfig.cmake
              ${PROJECT_BINARY_DIR}/sightlineConfigVersion.cmake DESTINATION ${package_folder})
