using Esb.Cli.Settings;
using Esb.Cli.Staging.Contents;

namespace Esb.Cli.Containers;

/// <summary>
/// Labels the images of functions with their owner. Several users may share an engine, and a prune knows only the
/// configurations of its own state folder.
/// </summary>
internal static class ImageOwner
{
    /// <summary>The label of the images of functions; its value is the owner.</summary>
    public const string Label = "esb.owner";

    private const int Length = 16;

    /// <summary>The owner, which is the same for all projects of one state folder on one machine.</summary>
    public static string Of(StateFolder state) => ContentHash.Of(Environment.MachineName, state.Root)[..Length];
}
