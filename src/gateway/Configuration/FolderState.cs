using Esb.Schema.Files;

namespace Esb.Gateway.Configuration;

/// <summary>
/// The state of the two files in the first folder where at least one of them has content. It takes a few system calls
/// and reads no file, except to find out whether one is blank.
/// </summary>
internal readonly record struct FolderState(string Folder, FileStamp Functions, FileStamp Routing)
{
    /// <summary>
    /// How long a file must be unchanged before it is read, unless a caller says that it is complete: twice the longest
    /// tick of a file system's clock, so that a later write certainly gets another time.
    /// </summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether neither file exists.</summary>
    public bool IsEmpty => !Functions.Exists && !Routing.Exists;

    public string FunctionsPath => Path.Combine(Folder, ConfigurationFiles.Functions);

    public string RoutingPath => Path.Combine(Folder, ConfigurationFiles.Routing);

    /// <summary>Examines the folders in order. A folder with blank files counts as missing.</summary>
    /// <param name="folders">The folders, the preferred one first.</param>
    /// <param name="isBlank">Whether a file that is not empty has no content, for example only comments.</param>
    public static FolderState At(IReadOnlyList<string> folders, Func<string, FileStamp, bool> isBlank)
    {
        bool HasContent(string path, FileStamp file) => file.HasContent && !isBlank(path, file);
        FolderState? last = null;
        for (var i = folders.Count - 1; i >= 0; i--)
        {
            var state = Examine(folders[i]);
            if (HasContent(state.FunctionsPath, state.Functions) || HasContent(state.RoutingPath, state.Routing))
                last = state;
        }

        return last ?? Examine(folders[0]);
    }

    /// <summary>
    /// How much longer to wait until both files have been unchanged long enough; zero when they have.
    /// </summary>
    public TimeSpan TimeUntilSettled(DateTimeOffset now)
    {
        var (functions, routing) = (TimeUntilSettled(Functions, now), TimeUntilSettled(Routing, now));
        return functions > routing ? functions : routing;
    }

    private static FolderState Examine(string folder)
    {
        var state = new FolderState(folder, default, default);
        return state with { Functions = FileStamp.Of(state.FunctionsPath), Routing = FileStamp.Of(state.RoutingPath) };
    }

    // A time far in the future results from a clock that was set back, not from a current write.
    private static TimeSpan TimeUntilSettled(FileStamp file, DateTimeOffset now) =>
        file.Exists && file.Changed.Age(now) is var age && age > -Quiet && age < Quiet ? Quiet - age : TimeSpan.Zero;
}
