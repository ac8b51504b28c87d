using Esb.Gateway.Asynchronous.Journals;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Asynchronous;

/// <summary>Where accepted events are stored, and the limit for them.</summary>
/// <param name="journal">The journal on the disk.</param>
/// <param name="maxBytes">The maximum size of all waiting events; beyond it, no event is accepted.</param>
/// <param name="region">The region in the ARNs that destinations get.</param>
/// <param name="journals">Where the journals of other gateways are.</param>
/// <param name="boot">The id of the machine's current boot.</param>
internal sealed partial class AsynchronousStore(
    Journal journal,
    long maxBytes,
    string region,
    JournalSet journals,
    Guid boot)
{
    public Journal Journal => journal;

    public JournalSet Journals => journals;

    public long MaxBytes => maxBytes;

    /// <summary>
    /// The id of the machine's current boot. The age of events is measured by the steady clock of that boot.
    /// </summary>
    public Guid Boot => boot;

    /// <summary>Opens the configured folder; without one, opens a temporary folder and logs a warning.</summary>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <param name="folder">Null when none is configured.</param>
    /// <param name="maxBytes">The maximum size of all waiting events.</param>
    /// <param name="region">The region in ARNs.</param>
    /// <param name="isShared">Whether an earlier gateway may still have its journal there.</param>
    /// <param name="boot">The id of the machine's current boot.</param>
    /// <param name="logger">For warnings.</param>
    public static AsynchronousStore Open(
        string? folder,
        long maxBytes,
        string region,
        bool isShared,
        Guid boot,
        ILogger logger)
    {
        if (folder is null)
        {
            folder = Directory.CreateTempSubdirectory("esb-asynchronous-").FullName;
            LogTemporary(logger, folder);
        }

        var journals = new JournalSet(folder);
        return new AsynchronousStore(
            Journal.Open(journals.TakeFirst(isShared), logger), maxBytes, region, journals, boot);
    }

    public string ArnOf(string function) => $"arn:aws:lambda:{region}:000000000000:function:{function}";

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "ASYNC_DIR is not set: asynchronous invocations are kept in {Folder}, "
            + "where the next gateway will not look")]
    private static partial void LogTemporary(ILogger logger, string folder);
}
