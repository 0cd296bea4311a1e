# escape=`
# a comment ends the directives
FROM mcr.microsoft.com/windows/servercore:ltsc2022
COPY app C:\
RUN dir `
  USER not-a-user
USER ContainerUser
