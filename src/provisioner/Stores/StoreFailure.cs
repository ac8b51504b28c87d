namespace Esb.Provisioner.Stores;

/// <summary>A store cannot be used; the message contains its name, its address and the reason.</summary>
internal sealed class StoreFailure(string message, string help, Exception? cause) : Exception(message, cause)
{
    public string Help => help;
}
