@echo off
rem Starts Reeve. The first use builds it and prepares a cache that makes each later start cheap.
setlocal EnableExtensions DisableDelayedExpansion
set "root=%~dp0"
set "target=%root%cli\target"
set "jar=%target%\reeve.jar"
set "cache=%target%\reeve.aot"
set "flags=-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m -Xss2m -Djdk.reflect.useNativeAccessorOnly=true -XX:-UsePerfData -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining -Xlog:disable -Xlog:all=error:stderr"
set "jdk="
if exist "%target%\java-home.txt" set /p jdk=<"%target%\java-home.txt"
if not exist "%jdk%\bin\java.exe" call :findjdk
if not defined jdk (
  echo Reeve needs a JDK of version 25 or newer, and none was found ^(JAVA_HOME is "%JAVA_HOME%"^). 1>&2
  echo Get one from https://adoptium.net, or point JAVA_HOME at yours. 1>&2
  exit /b 70
)
if "%~1"=="demo" goto :register
if "%~1"=="serve" goto :register
if "%~1"=="backup" goto :register
if "%~1"=="restore" goto :register
if "%~1"=="audit" goto :register
if "%~1"=="settings" goto :register
if not exist "%jar%" call :build cli
if not exist "%jar%" exit /b 70
if not exist "%target%\reeve.aot.made" call :cache
set "aot="
if exist "%cache%" set "aot=-XX:AOTCache="%cache%""
"%jdk%\bin\java.exe" %flags% %aot% %REEVE_OPTS% -cp "%jar%" uk.reeve.cli.Reeve %*
exit /b %ERRORLEVEL%

:register
set "jar=%root%register\target\reeve-register.jar"
if not exist "%jar%" call :build register
if not exist "%jar%" exit /b 70
"%jdk%\bin\java.exe" -Xmx1g -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow %REEVE_OPTS% -jar "%jar%" %*
exit /b %ERRORLEVEL%

:findjdk
set "jdk="
call :tryjdk "%JAVA_HOME%"
for /d %%d in ("%ProgramFiles%\Eclipse Adoptium\jdk-2*" "%ProgramFiles%\Java\jdk-2*" "%ProgramFiles%\Microsoft\jdk-2*" "%ProgramFiles%\Zulu\zulu-2*" "%USERPROFILE%\.jdks\*") do call :tryjdk "%%~d"
goto :eof

:tryjdk
if defined jdk goto :eof
if "%~1"=="" goto :eof
if not exist "%~1\bin\javac.exe" goto :eof
if not exist "%~1\release" goto :eof
for /f "tokens=2 delims==." %%v in ('findstr /b JAVA_VERSION^= "%~1\release"') do if %%~v GEQ 25 set "jdk=%~1"
goto :eof

:build
where mvn >nul 2>nul
if errorlevel 1 (
  echo Building Reeve needs Maven 3.8 or newer, and none was found: https://maven.apache.org 1>&2
  goto :eof
)
echo reeve: building, this once ^(a minute or two; what Maven lacks is fetched^) ... 1>&2
pushd "%root%"
set "JAVA_HOME=%jdk%"
call mvn -q -B -pl %1 -am -Dmaven.test.skip=true -Dspotless.check.skip=true -Dbug.checks=-proc:none package 1>&2
popd
del "%target%\reeve.aot.made" 2>nul
goto :eof

:cache
>"%target%\java-home.txt" echo %jdk%
echo reeve: preparing quick starts, this once ... 1>&2
"%jdk%\bin\java.exe" %flags% -XX:AOTCacheOutput="%cache%" -cp "%jar%" uk.reeve.cli.Training "%root%examples" >nul 2>nul
type nul >"%target%\reeve.aot.made"
goto :eof
