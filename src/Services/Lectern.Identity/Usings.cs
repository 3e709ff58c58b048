// Our folder of the same name would hide the platform's type.
global using PlatformSessions = Lectern.Platform.Access.Sessions;
