using Esb.Host.Files;
using Esb.Sam.Reading;

namespace Esb.Cli.Templates;

/// <summary>A file of text beside templates that a person names, or that has a usual name.</summary>
internal static class NamedFile
{
    /// <summary>Its bytes, as many as are read of a template.</summary>
    /// <exception cref="CommandFailure">It is no file, or cannot be read.</exception>
    public static byte[] Read(string file)
    {
        try
        {
            return OrdinaryFile.ReadAll(file, TemplateBytes.Limit);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Usage($"{file}: the file cannot be read: {e.Message}");
        }
    }
}
