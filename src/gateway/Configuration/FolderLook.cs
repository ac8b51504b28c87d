using Esb.Schema.Files;

namespace Esb.Gateway.Configuration;

/// <summary>The two files of the preferred folder that has one of them, seen without reading either: four system calls at most.</summary>
internal readonly record struct FolderLook(string Folder, FileStamp Functions, FileStamp Routing)
{
    /// <summary>
    /// How long a file must have been left alone before it is read, unless somebody says that it is complete: twice the longest tick
    /// of a file system's clock, so that a write after the read gets another time for certain.
    /// </summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(20);

    /// <summary>Neither file is there.</summary>
    public bool IsEmpty => !Functions.Exists && !Routing.Exists;

    public string FunctionsPath => Path.Combine(Folder, ConfigurationFiles.Functions);

    public string RoutingPath => Path.Combine(Folder, ConfigurationFiles.Routing);

    /// <summary>Looks into the folders, the preferred one first. A folder whose files are empty is not there yet.</summary>
    public static FolderLook At(IReadOnlyList<string> folders)
    {
        FolderLook? last = null;
        for (var i = folders.Count - 1; i >= 0; i--)
        {
            var look = Into(folders[i]);
            if (look.Functions.HasContent || look.Routing.HasContent)
                last = look;
        }

        return last ?? Into(folders[0]);
    }

    /// <summary>How much longer to wait until both files have been left alone long enough; zero when they have.</summary>
    public TimeSpan Unrest(DateTimeOffset now)
    {
        var (functions, routing) = (Unrest(Functions, now), Unrest(Routing, now));
        return functions > routing ? functions : routing;
    }

    private static FolderLook Into(string folder)
    {
        var look = new FolderLook(folder, default, default);
        return look with { Functions = FileStamp.Of(look.FunctionsPath), Routing = FileStamp.Of(look.RoutingPath) };
    }

    // A time far in the future is that of a clock that has been set back, not of a write that goes on.
    private static TimeSpan Unrest(FileStamp file, DateTimeOffset now) =>
        file.Exists && file.Changed.Age(now) is var age && age > -Quiet && age < Quiet ? Quiet - age : TimeSpan.Zero;
}
