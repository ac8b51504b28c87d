namespace Esb.Cli.Diagnosis.Checks;

/// <summary>A Unix domain socket.</summary>
/// <param name="What">Whose it is.</param>
/// <param name="Path">Where.</param>
/// <param name="Expected">Somebody should listen there.</param>
/// <param name="Exists">The file is there.</param>
/// <param name="Reason">Why nobody answers; null when somebody does.</param>
/// <param name="Advice">What to do then.</param>
internal sealed record SocketReading(string What, string Path, bool Expected, bool Exists, string? Reason, string Advice);

/// <summary>Somebody listens on each socket that is needed.</summary>
internal static class SocketsCheck
{
    private const string Name = "sockets";

    public static IEnumerable<Finding> Of(IEnumerable<SocketReading> sockets) => sockets.Select(socket => socket switch
    {
        { Reason: null } => Finding.Ok(Name, $"{socket.What} answers on {socket.Path}"),
        { Expected: false } => Finding.Ok(Name, $"{socket.What} will have {socket.Path}"),
        { Exists: false } => Finding.Fail(Name, $"{socket.What}: {socket.Path} is not there", socket.Advice),
        _ => Finding.Fail(Name, $"{socket.What}: {socket.Path}: {socket.Reason}", socket.Advice),
    });
}
