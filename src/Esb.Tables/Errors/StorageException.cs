namespace Esb.Tables.Errors;

/// <summary>
/// The data folder cannot be used. The operator gets one line about it, and the program does not start.
/// </summary>
/// <param name="message">The problem.</param>
/// <param name="path">The folder or file that has the problem.</param>
/// <param name="help">What the operator can do about the problem.</param>
public sealed class StorageException(string message, string path, string help) : Exception(message)
{
    /// <summary>The folder or file that has the problem.</summary>
    public string Path { get; } = path;

    /// <summary>What the operator can do about the problem.</summary>
    public string Help { get; } = help;
}
