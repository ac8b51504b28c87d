namespace Esb.Agent.Tests.Driving;

/// <summary>What the machine says of a process.</summary>
internal static class Machine
{
    /// <summary>A process that has ended but was not waited for does not live.</summary>
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

    public static Task<bool> EndsAsync(int id) => Eventually.HoldsAsync(() => !Lives(id));
}
