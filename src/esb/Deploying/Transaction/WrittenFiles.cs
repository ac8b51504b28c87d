using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>Writes the files of a plan one after the other, and puts back what it wrote when a later step fails.</summary>
internal sealed class WrittenFiles(string folder)
{
    private readonly Stack<FileUpdate> _written = new();

    public void Write(FileUpdate update)
    {
        if (!update.Writes)
            return;
        AtomicFile.Write(PathOf(update), update.After);
        _written.Push(update);
    }

    /// <returns>The files that could not be put back; what stands in them is whole and valid all the same.</returns>
    public IReadOnlyList<string> Restore()
    {
        List<string> failed = [];
        while (_written.TryPop(out var update))
        {
            try
            {
                PutBack(update);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failed.Add(PathOf(update));
            }
        }

        return failed;
    }

    private void PutBack(FileUpdate update)
    {
        if (update.Existed)
            AtomicFile.Write(PathOf(update), update.Before);
        else
            File.Delete(PathOf(update));
    }

    private string PathOf(FileUpdate update) => Path.Combine(folder, update.Name);
}
