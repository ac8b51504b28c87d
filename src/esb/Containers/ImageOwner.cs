using Esb.Cli.Settings;
using Esb.Cli.Staging.Contents;

namespace Esb.Cli.Containers;

/// <summary>
/// Whose images of functions are whose: an engine may be used by several people, and who removes images knows only which of them the configurations below its own state folder name.
/// </summary>
internal static class ImageOwner
{
    /// <summary>On images of functions, with the owner.</summary>
    public const string Label = "esb.owner";

    private const int Length = 16;

    /// <summary>The same for all projects of one state folder on one machine.</summary>
    public static string Of(StateFolder state) => ContentHash.Of(Environment.MachineName, state.Root)[..Length];
}
