using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Asynchronous;

/// <summary>Where accepted events are kept, and how much of them.</summary>
/// <param name="journal">The log on the disk.</param>
/// <param name="maxBytes">What all that waits may take; beyond it, nothing is accepted.</param>
/// <param name="region">For the ARNs that destinations are told.</param>
internal sealed partial class AsynchronousStore(Journal journal, long maxBytes, string region)
{
    public Journal Journal => journal;

    public long MaxBytes => maxBytes;

    /// <summary>Opens the folder that is set; if none is, one among this machine's temporary files, with a warning.</summary>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    public static AsynchronousStore Open(string? folder, long maxBytes, string region, ILogger logger)
    {
        if (folder is null)
        {
            folder = Directory.CreateTempSubdirectory("esb-asynchronous-").FullName;
            LogTemporary(logger, folder);
        }

        return new AsynchronousStore(Journal.Open(folder, logger), maxBytes, region);
    }

    public string ArnOf(string function) => $"arn:aws:lambda:{region}:000000000000:function:{function}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "ASYNC_DIR is not set: asynchronous invocations are kept in {Folder}, where the next gateway will not look")]
    private static partial void LogTemporary(ILogger logger, string folder);
}
