namespace Esb.Agent.Tests.Driving;

/// <summary>What the machine reports about a process.</summary>
internal static class Machine
{
    /// <summary>Whether the process exists and is not a zombie.</summary>
    public static bool Lives(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static Task EndsAsync(int id) => Eventually.TrueAsync(() => !Lives(id));
}
