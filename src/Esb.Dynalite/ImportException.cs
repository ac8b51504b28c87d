namespace Esb.Dynalite;

/// <summary>The old database contains something that cannot be imported.</summary>
/// <param name="message">What, and why.</param>
internal sealed class ImportException(string message) : Exception(message);
