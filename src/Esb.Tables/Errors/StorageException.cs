namespace Esb.Tables.Errors;

/// <summary>The data folder cannot be used. The operator is told in one line; the program does not start.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="path">The folder or the file.</param>
/// <param name="help">What to do.</param>
public sealed class StorageException(string message, string path, string help) : Exception(message)
{
    /// <summary>The folder or the file.</summary>
    public string Path { get; } = path;

    /// <summary>What to do.</summary>
    public string Help { get; } = help;
}
