using Esb.Host.Files;
using Esb.Sam.Reading;

namespace Esb.Cli.Templates;

/// <summary>A text file beside templates, named by the user or by convention.</summary>
internal static class NamedFile
{
    /// <summary>Its bytes, up to the size limit of a template.</summary>
    /// <exception cref="CommandFailure">The path is not a file, or the file cannot be read.</exception>
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
