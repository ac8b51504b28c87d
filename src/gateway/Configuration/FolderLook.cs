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

    /// <summary>Looks into the folders, the preferred one first. A folder whose files say nothing is not there yet.</summary>
    /// <param name="folders">The preferred one first.</param>
    /// <param name="saysNothing">Whether a file that has bytes says nothing all the same.</param>
    public static FolderLook At(IReadOnlyList<string> folders, Func<string, FileStamp, bool> saysNothing)
    {
        bool Says(string path, FileStamp file) => file.HasContent && !saysNothing(path, file);
        FolderLook? last = null;
        for (var i = folders.Count - 1; i >= 0; i--)
        {
            var look = Into(folders[i]);
            if (Says(look.FunctionsPath, look.Functions) || Says(look.RoutingPath, look.Routing))
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
