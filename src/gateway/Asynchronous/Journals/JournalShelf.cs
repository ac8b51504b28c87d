using System.Globalization;

namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>
/// The journals of gateways that follow one another. Each has one of its own and writes no other: the folder itself, or, while a gateway
/// before it still finishes what it has begun, a numbered folder below. A journal whose gateway has ended, however it ended, is free:
/// whoever runs takes its events over.
/// </summary>
internal sealed class JournalShelf(string root)
{
    private const int MostGateways = 64;

    private string? _own;

    /// <summary>Takes the first journal that is free.</summary>
    /// <param name="beside">Whether others may have theirs here. If not, somebody in the folder itself is a mistake of whoever set it.</param>
    /// <exception cref="IOException">None is free, or the folder cannot be made or read.</exception>
    public JournalFolder TakeOwn(bool beside)
    {
        foreach (var path in beside ? Enumerable.Range(0, MostGateways).Select(PathOf) : [root])
        {
            if (JournalFolder.TryOpen(path) is not { } folder)
                continue;
            _own = path;
            return folder;
        }

        throw new IOException($"the folder of asynchronous invocations, {root}, is used by another gateway");
    }

    /// <summary>Journals that nobody writes any more and in which something stands. Each is held until it is disposed.</summary>
    public IEnumerable<JournalFolder> TakeAbandoned()
    {
        foreach (var path in Enumerable.Range(0, MostGateways).Select(PathOf))
        {
            // Folders are made in order and stay.
            if (!Directory.Exists(path))
                yield break;
            if (path == _own || !JournalFolder.HasSegments(path) || JournalFolder.TryOpen(path) is not { } folder)
                continue;
            yield return folder;
        }
    }

    private string PathOf(int number) => number == 0 ? root : Path.Combine(root, number.ToString(CultureInfo.InvariantCulture));
}
