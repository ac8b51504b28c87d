using Esb.Gateway.Asynchronous.Journals;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Asynchronous;

/// <summary>Where accepted events are kept, and how much of them.</summary>
/// <param name="journal">The log on the disk.</param>
/// <param name="maxBytes">What all that waits may take; beyond it, nothing is accepted.</param>
/// <param name="region">For the ARNs that destinations are told.</param>
/// <param name="shelf">Where the journals of other gateways would be.</param>
internal sealed partial class AsynchronousStore(Journal journal, long maxBytes, string region, JournalShelf shelf)
{
    public Journal Journal => journal;

    public JournalShelf Shelf => shelf;

    public long MaxBytes => maxBytes;

    /// <summary>Opens the folder that is set; if none is, one among this machine's temporary files, with a warning.</summary>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <param name="folder">Null: none is set.</param>
    /// <param name="maxBytes">Most that may wait.</param>
    /// <param name="region">For ARNs.</param>
    /// <param name="beside">Whether a gateway before this one may still have its journal there.</param>
    /// <param name="logger">For warnings.</param>
    public static AsynchronousStore Open(string? folder, long maxBytes, string region, bool beside, ILogger logger)
    {
        if (folder is null)
        {
            folder = Directory.CreateTempSubdirectory("esb-asynchronous-").FullName;
            LogTemporary(logger, folder);
        }

        var shelf = new JournalShelf(folder);
        return new AsynchronousStore(Journal.Open(shelf.TakeOwn(beside), logger), maxBytes, region, shelf);
    }

    public string ArnOf(string function) => $"arn:aws:lambda:{region}:000000000000:function:{function}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "ASYNC_DIR is not set: asynchronous invocations are kept in {Folder}, where the next gateway will not look")]
    private static partial void LogTemporary(ILogger logger, string folder);
}
