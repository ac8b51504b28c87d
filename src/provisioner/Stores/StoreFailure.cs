namespace Esb.Provisioner.Stores;

/// <summary>A store cannot be used; the message says which one, its address, and why.</summary>
internal sealed class StoreFailure(string message, string help, Exception? cause) : Exception(message, cause)
{
    public string Help => help;
}
