using System.Globalization;
using Esb.Host.Files;

namespace Esb.Cli.Staging;

/// <summary>
/// Immutable folders <c>root/name/key</c>, made for the function of that name. A folder that exists is complete, since
/// it is made under another name and then renamed. Staging the same key again makes <c>key-2</c>, since workers may be
/// running from the first folder; from then on the latest one is used.
/// </summary>
/// <param name="root">The folder that contains them.</param>
internal sealed class StagedFolders(string root)
{
    private const string Unfinished = ".staging-";

    /// <summary>
    /// The latest folder of that key, or null: the function's own, otherwise that of another function, since both have
    /// the same content.
    /// </summary>
    public string? Find(string name, string key) =>
        Latest(Of(Path.Combine(root, name), key)) ?? Latest(Everywhere(key));

    /// <summary>The latest folder of that key whose content was not changed since it was staged, or null.</summary>
    public string? FindUnchanged(string name, string key) =>
        Unchanged(Of(Path.Combine(root, name), key)) ?? Unchanged(Everywhere(key));

    /// <summary>Whether a folder of that key exists, even if its content was changed.</summary>
    public bool Has(string key) => Everywhere(key).Any();

    /// <summary>Where the next folder of that key will be.</summary>
    public string NextPathOf(string name, string key) =>
        PathOf(name, key, Everywhere(key).Select(f => f.Generation).DefaultIfEmpty().Max() + 1);

    /// <summary>Where the first folder of that key is or will be.</summary>
    public string FirstPathOf(string name, string key) => PathOf(name, key, 1);

    /// <summary>An empty folder to work in, on the same file system.</summary>
    public string Begin(string name)
    {
        var folder = Path.Combine(root, name, $"{Unfinished}{Environment.ProcessId}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>
    /// Publishes a finished folder under that key. If another staging was faster, its folder is used, since its content
    /// is the same.
    /// </summary>
    public string Publish(string unfinished, string name, string key, bool again)
    {
        var latest = Everywhere(key).Select(f => f.Generation).DefaultIfEmpty().Max();
        var final = PathOf(name, key, again ? latest + 1 : Math.Max(latest, 1));
        ImmutableFolder.Seal(unfinished);
        try
        {
            Directory.Move(unfinished, final);
            StagedContent.Record(final);
        }
        catch (IOException) when (Directory.Exists(final))
        {
            Discard(unfinished);
        }

        return final;
    }

    /// <summary>
    /// Removes an unfinished folder. A failure is ignored: the next staging of that name or <c>esb prune</c> tries
    /// again.
    /// </summary>
    public static void Discard(string unfinished)
    {
        try
        {
            FolderRemoval.Remove(unfinished);
        }
        catch (IOException)
        {
            // The folder keeps the name of a leftover, so that it is removed later.
        }
    }

    /// <summary>Removes the unfinished folders of killed stagings.</summary>
    public void RemoveLeftovers(string name)
    {
        var folder = Path.Combine(root, name);
        if (!Directory.Exists(folder))
            return;
        foreach (var leftover in Directory.EnumerateDirectories(folder, Unfinished + "*"))
        {
            var owner = Path.GetFileName(leftover)[Unfinished.Length..].Split('-')[0];
            if (!Directory.Exists($"/proc/{owner}"))
                Discard(leftover);
        }
    }

    private static string? Latest(IEnumerable<(string Path, int Generation)> folders) =>
        folders.OrderByDescending(f => f.Generation).Select(f => f.Path).FirstOrDefault();

    private static string? Unchanged(IEnumerable<(string Path, int Generation)> folders) =>
        folders.OrderByDescending(f => f.Generation).Select(f => f.Path).FirstOrDefault(StagedContent.IsUnchanged);

    private static IEnumerable<(string Path, int Generation)> Of(string folder, string key) =>
        Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder, key + "*")
                .Select(f => (f, GenerationOf(Path.GetFileName(f)[key.Length..])))
                .Where(f => f.Item2 > 0)
            : [];

    private IEnumerable<(string Path, int Generation)> Everywhere(string key) =>
        Directory.Exists(root) ? Directory.EnumerateDirectories(root).SelectMany(f => Of(f, key)) : [];

    private static int GenerationOf(string suffix) => suffix switch
    {
        "" => 1,
        ['-', .. var digits]
            when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => 0,
    };

    private string PathOf(string name, string key, int generation) =>
        Path.Combine(root, name, generation == 1 ? key : $"{key}-{generation.ToString(CultureInfo.InvariantCulture)}");
}
