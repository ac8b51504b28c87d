namespace Esb.Stores.Server;

/// <summary>
/// All log messages of the server. They contain names and codes, but never signatures, credentials or data.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Listening on {Address}, data in {Folder}")]
    public static partial void Listening(ILogger log, string address, string folder);

    [LoggerMessage(2, LogLevel.Warning, "No AWS_ACCESS_KEY_ID is set and {Address} is not a loopback address: "
        + "everybody who can connect may read and write")]
    public static partial void OpenToAll(ILogger log, string address);

    [LoggerMessage(3, LogLevel.Debug, "{RequestId} {Request}: the client disconnected ({Reason})")]
    public static partial void ClientGone(ILogger log, string requestId, RequestName request, string reason);

    [LoggerMessage(4, LogLevel.Error, "{RequestId} {Request} failed")]
    public static partial void Failed(ILogger log, string requestId, RequestName request, Exception error);

    [LoggerMessage(5, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger log);

    [LoggerMessage(6, LogLevel.Debug, "{RequestId} {Request}: {Code}")]
    public static partial void Refused(ILogger log, string requestId, RequestName request, string code);

    [LoggerMessage(7, LogLevel.Information, "A backup of all data was written")]
    public static partial void BackedUp(ILogger log);

    [LoggerMessage(8, LogLevel.Information, "The backup of {Created:u} was restored")]
    public static partial void Restored(ILogger log, DateTimeOffset created);

    [LoggerMessage(9, LogLevel.Warning, "{Request} was not done: {Reason}")]
    public static partial void NotBackedUp(ILogger log, RequestName request, string reason);
}
