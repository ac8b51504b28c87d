namespace Esb.ObjectStore.Server;

/// <summary>All log messages of the server. They contain keys and codes, but never signatures or credentials.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Listening on {Address}, objects in {Folder}")]
    public static partial void Listening(ILogger log, string address, string folder);

    [LoggerMessage(2, LogLevel.Warning, "No AWS_ACCESS_KEY_ID is set and {Address} is not a loopback address: "
        + "everybody who can connect may read and write")]
    public static partial void OpenToAll(ILogger log, string address);

    [LoggerMessage(3, LogLevel.Debug, "{RequestId} {Method} {Path}: {Code}")]
    public static partial void Refused(ILogger log, string requestId, string method, string path, string code);

    [LoggerMessage(4, LogLevel.Debug, "{RequestId} {Method} {Path}: the client disconnected ({Reason})")]
    public static partial void ClientGone(ILogger log, string requestId, string method, string path, string reason);

    [LoggerMessage(5, LogLevel.Error, "{RequestId} {Method} {Path} failed")]
    public static partial void Failed(ILogger log, string requestId, string method, string path, Exception error);

    [LoggerMessage(6, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger log);
}
